"""The customers: accounts, contacts and everything uploaded about them (M7)."""

from __future__ import annotations

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel


class Account(SQLModel, table=True):
    """A customer company."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    external_id: str | None = Field(default=None, unique=True)
    created_at: int


class AccountVariable(SQLModel, table=True):
    """A custom variable of an account."""

    __tablename__ = "account_variable"
    __table_args__ = (Index("ix_account_variable_value", "name", text("value COLLATE NOCASE")),)

    account_id: int = Field(foreign_key="account.id", primary_key=True)
    name: str = Field(primary_key=True)
    value: str


class Contact(SQLModel, table=True):
    """A person who answers or writes. E-mail is kept trimmed and in lower case, phone in E.164 (behaviour 7.3)."""

    id: int | None = Field(default=None, primary_key=True)
    name: str = ""
    email: str | None = Field(default=None, index=True)
    phone: str | None = Field(default=None, index=True)
    external_id: str | None = Field(default=None, index=True)
    language: str | None = None
    account_id: int | None = Field(default=None, foreign_key="account.id", index=True)
    created_at: int


class ContactVariable(SQLModel, table=True):
    """A custom variable of a contact."""

    __tablename__ = "contact_variable"
    __table_args__ = (Index("ix_contact_variable_value", "name", text("value COLLATE NOCASE")),)

    contact_id: int = Field(foreign_key="contact.id", primary_key=True)
    name: str = Field(primary_key=True)
    value: str
