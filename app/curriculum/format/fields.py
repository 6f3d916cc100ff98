"""What a field may hold: ids, names of files, words of a certain length."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, HttpUrl, UrlConstraints


class Strict(BaseModel):
    """No unknown field, and no guessing: `yes` is not text and "3" is not a number."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, str_strip_whitespace=True)


ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Id = Annotated[str, Field(pattern=ID_PATTERN, max_length=80)]
Slug = Annotated[str, Field(pattern=ID_PATTERN, max_length=60)]
TextFile = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*(\.easy)?\.md$", max_length=80)]
YamlFile = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*\.yaml$", max_length=80)]
Label = Annotated[str, Field(min_length=1, max_length=160)]
Line = Annotated[str, Field(min_length=1, max_length=200)]
Words = Annotated[str, Field(min_length=1, max_length=2000)]
MaybeWords = Annotated[str, Field(max_length=2000)]
Minutes = Annotated[int, Field(ge=1, le=600)]
Level = Annotated[int, Field(ge=0, le=5)]
Https = Annotated[HttpUrl, UrlConstraints(allowed_schemes=["https"], max_length=500)]
