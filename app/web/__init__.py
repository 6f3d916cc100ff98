"""HTTP mechanics: routes with gates, pages, forms, guards against forgery. No domain."""
