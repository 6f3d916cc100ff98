"""Attempts at quizzes and their marking; each kind of question is one small module that joins by registration."""
