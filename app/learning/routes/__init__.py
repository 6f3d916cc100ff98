"""The addresses of learning, by what people come for."""

from app.learning.routes.activities import router as activities
from app.learning.routes.courses import router as courses
from app.learning.routes.editions import router as editions
from app.learning.routes.ideas import router as ideas
from app.learning.routes.modules import router as modules
from app.learning.routes.partners import router as partners
from app.learning.routes.taught import router as taught

# Editions are asked before modules: `editions` under a course is the name of no module.
routers = (editions, courses, modules, activities, taught, partners, ideas)
