"""What the API says of itself, for programs: OpenAPI and JSON Schemas."""
