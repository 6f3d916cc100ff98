"""Deeds of recognition: what somebody learnt elsewhere is written down."""

from app.recognition.commands.items import RecordItem, record_item

__all__ = ["RecordItem", "record_item"]
