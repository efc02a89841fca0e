import Ratings

/// The description of the endpoint for machines: OpenAPI 3.1.
///
/// A test holds it against the routes, and Benchmarks/endpoint/schema.sh lets schemathesis hold it against the answers.
enum OpenAPI {
  /// - Parameter scale: what stars the site takes.
  static func document(version: String, scale: RatingScale) -> String {
    let levels = (0..<scale.levelCount).map { AccountPages.text(scale.value(ofLevel: $0)) }
    return text.replacing("VERSION", with: version).replacing("\"LEVELS\"", with: levels.joined(separator: ", "))
      .replacing("LEVELS", with: levels.map { $0.replacing(".", with: "[.]") }.joined(separator: "|"))
  }

  private static let text = #"""
    {
     "openapi": "3.1.0",
     "info": {
      "title": "Marquee",
      "version": "VERSION",
      "description": "Accounts, ratings and lists of a Marquee site. Scripts send “Authorization: Bearer TOKEN” with a token from POST /api/sessions; browsers carry a cookie.",
      "license": {"name": "See the site"}
     },
     "servers": [{"url": "/"}],
     "security": [{"bearer": []}, {"cookie": []}],
     "tags": [{"name": "members"}, {"name": "ratings"}, {"name": "lists"}, {"name": "builds"}, {"name": "operating"}],
     "paths": {
      "/api/accounts": {
       "post": {
        "operationId": "createAccount",
        "summary": "Make an account and begin a session",
        "tags": ["members"],
        "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Credential"}}}},
        "responses": {
         "201": {"description": "Made.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Session"}}}},
         "default": {"$ref": "#/components/responses/Problem"}
        },
        "security": []
       }
      },
      "/api/sessions": {
       "post": {
        "operationId": "createSession",
        "summary": "Log in",
        "tags": ["members"],
        "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Credential"}}}},
        "responses": {
         "201": {
          "description": "A session has begun.",
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Session"}}}
         },
         "default": {"$ref": "#/components/responses/Problem"}
        },
        "security": []
       },
       "delete": {
        "operationId": "deleteSession",
        "summary": "Log out",
        "tags": ["members"],
        "responses": {"204": {"description": "The session has ended."}, "default": {"$ref": "#/components/responses/Problem"}}
       }
      },
      "/api/me": {
       "get": {
        "operationId": "getMe",
        "summary": "Who am I?",
        "tags": ["members"],
        "responses": {
         "200": {"description": "The account.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Me"}}}},
         "default": {"$ref": "#/components/responses/Problem"}
        }
       },
       "patch": {
        "operationId": "changeMe",
        "summary": "Change password or visibility",
        "tags": ["members"],
        "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Change"}}}},
        "responses": {
         "200": {
          "description": "The account as it is now.",
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Me"}}}
         },
         "default": {"$ref": "#/components/responses/Problem"}
        }
       },
       "delete": {
        "operationId": "deleteMe",
        "summary": "Delete the account with everything of it",
        "tags": ["members"],
        "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Confirmation"}}}},
        "responses": {"204": {"description": "Gone."}, "default": {"$ref": "#/components/responses/Problem"}}
       }
      },
      "/api/ratings": {
       "get": {
        "operationId": "listRatings",
        "summary": "All of my ratings",
        "tags": ["ratings"],
        "parameters": [
         {"name": "format", "in": "query", "schema": {"type": "string", "enum": ["json", "csv"]}},
         {"name": "movie", "in": "query", "description": "Of this movie alone.", "schema": {"type": "string", "maxLength": 200}}
        ],
        "responses": {
         "200": {
          "description": "By movie.",
          "content": {
           "application/json": {"schema": {"$ref": "#/components/schemas/Ratings"}},
           "text/csv": {"schema": {"type": "string"}}
          }
         },
         "default": {"$ref": "#/components/responses/Problem"}
        }
       },
       "post": {
        "operationId": "postRatings",
        "summary": "Save one or many ratings; all are stored or none",
        "tags": ["ratings"],
        "parameters": [{"$ref": "#/components/parameters/IdempotencyKey"}],
        "requestBody": {
         "required": true,
         "content": {
          "application/json": {"schema": {"$ref": "#/components/schemas/Submission"}},
          "text/csv": {
           "schema": {"type": "string", "description": "Lines movie,rating.", "pattern": "^([0-9]{1,9},(LEVELS)\\n)+$"},
           "example": "movie,rating\n1,4.5\n"
          },
          "application/zip": {
           "schema": {"type": "string", "format": "binary", "description": "An export of Letterboxd, Trakt or Netflix as downloaded."}
          },
          "application/octet-stream": {
           "schema": {"type": "string", "format": "binary", "description": "Any file that ingest reads as one person's; its format is found out."}
          }
         }
        },
        "responses": {"200": {"$ref": "#/components/responses/Saved"}, "default": {"$ref": "#/components/responses/Problem"}}
       }
      },
      "/api/ratings/{movie}": {
       "parameters": [{"$ref": "#/components/parameters/Movie"}],
       "get": {
        "operationId": "getRating",
        "summary": "My rating of a movie",
        "tags": ["ratings"],
        "responses": {
         "200": {
          "description": "The rating.",
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Rating"}}}
         },
         "default": {"$ref": "#/components/responses/Problem"}
        }
       },
       "put": {
        "operationId": "putRating",
        "summary": "Rate a movie",
        "tags": ["ratings"],
        "parameters": [{"$ref": "#/components/parameters/IdempotencyKey"}],
        "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Stars"}}}},
        "responses": {"200": {"$ref": "#/components/responses/Saved"}, "default": {"$ref": "#/components/responses/Problem"}}
       },
       "delete": {
        "operationId": "deleteRating",
        "summary": "Take a rating back",
        "tags": ["ratings"],
        "responses": {"204": {"description": "Taken back."}, "default": {"$ref": "#/components/responses/Problem"}}
       }
      },
      "/api/recommendations": {
       "get": {
        "operationId": "getRecommendations",
        "summary": "My list, with the ratings of this moment",
        "tags": ["lists"],
        "parameters": [{"$ref": "#/components/parameters/Model"}, {"$ref": "#/components/parameters/Top"}],
        "responses": {
         "200": {
          "description": "As in api/users/ID.json.",
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/List"}}}
         },
         "default": {"$ref": "#/components/responses/Problem"}
        }
       }
      },
      "/api/similar/{movie}": {
       "parameters": [{"$ref": "#/components/parameters/Movie"}],
       "get": {
        "operationId": "getSimilar",
        "summary": "Movies like one",
        "tags": ["lists"],
        "parameters": [{"$ref": "#/components/parameters/Model"}, {"$ref": "#/components/parameters/Top"}],
        "responses": {
         "200": {
          "description": "As in api/movies/ID.json.",
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Similar"}}}
         },
         "default": {"$ref": "#/components/responses/Problem"}
        },
        "security": []
       }
      },
      "/api/rebuild": {
       "post": {
        "operationId": "postRebuild",
        "summary": "Build the site, now or after the build that runs; for the owner",
        "tags": ["builds"],
        "responses": {
         "202": {
          "description": "It is queued.",
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/BuildState"}}}
         },
         "default": {"$ref": "#/components/responses/Problem"}
        }
       }
      },
      "/api/builds": {
       "get": {
        "operationId": "listBuilds",
        "summary": "What was built and what became of it",
        "tags": ["builds"],
        "responses": {
         "200": {
          "description": "The latest first.",
          "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Builds"}}}
         },
         "default": {"$ref": "#/components/responses/Problem"}
        },
        "security": []
       }
      },
      "/api/collected-ratings": {
       "get": {
        "operationId": "collectedRatings",
        "summary": "For owners: what listed members rated here, under pseudonyms, for a build elsewhere",
        "tags": ["builds"],
        "responses": {
         "200": {
          "description": "user,movie,rating,timestamp, as marquee ingest reads it.",
          "content": {"text/csv": {"schema": {"type": "string"}}}
         },
         "default": {"$ref": "#/components/responses/Problem"}
        }
       }
      },
      "/api/events": {
       "get": {
        "operationId": "streamEvents",
        "summary": "What happens: “build” with the progress of a build, “list” when my list is new",
        "tags": ["builds"],
        "responses": {
         "200": {"description": "A stream that does not end.", "content": {"text/event-stream": {"schema": {"type": "string"}}}},
         "default": {"$ref": "#/components/responses/Problem"}
        },
        "security": []
       }
      },
      "/api/openapi.json": {
       "get": {
        "operationId": "getDescription",
        "summary": "This document",
        "tags": ["operating"],
        "responses": {
         "200": {"description": "OpenAPI 3.1.", "content": {"application/json": {"schema": {"type": "object"}}}},
         "default": {"$ref": "#/components/responses/Problem"}
        },
        "security": []
       }
      },
      "/healthz": {
       "get": {
        "operationId": "getHealth",
        "summary": "Whether the server answers",
        "tags": ["operating"],
        "responses": {
         "200": {"description": "It does.", "content": {"text/plain": {"schema": {"type": "string"}}}},
         "default": {"$ref": "#/components/responses/Problem"}
        },
        "security": []
       }
      },
      "/readyz": {
       "get": {
        "operationId": "getReadiness",
        "summary": "Whether database and site are there",
        "tags": ["operating"],
        "responses": {
         "200": {"description": "They are.", "content": {"text/plain": {"schema": {"type": "string"}}}},
         "default": {"$ref": "#/components/responses/Problem"}
        },
        "security": []
       }
      },
      "/metrics": {
       "get": {
        "operationId": "getMetrics",
        "summary": "Counters in the format of Prometheus",
        "tags": ["operating"],
        "responses": {
         "200": {"description": "Version 0.0.4.", "content": {"text/plain": {"schema": {"type": "string"}}}},
         "default": {"$ref": "#/components/responses/Problem"}
        },
        "security": []
       }
      }
     },
     "components": {
      "securitySchemes": {
       "bearer": {"type": "http", "scheme": "bearer"},
       "cookie": {"type": "apiKey", "in": "cookie", "name": "marquee-session"}
      },
      "parameters": {
       "IdempotencyKey": {
        "name": "Idempotency-Key",
        "in": "header",
        "required": false,
        "description": "What the client calls this request: the same key and ratings are stored once in 24 hours.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"}
       },
       "Movie": {
        "name": "movie",
        "in": "path",
        "required": true,
        "description": "The movie's id.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 200}
       },
       "Model": {
        "name": "model",
        "in": "query",
        "description": "A model that the last build trained; left out, the site's first choice.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 40, "pattern": "^[a-z0-9-]+$"}
       },
       "Top": {"name": "top", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}}
      },
      "responses": {
       "Problem": {
        "description": "What is wrong and how to mend it. 401: no session; 403: not allowed; 404: unknown; 413: too large; 415: another type is wanted; 422: understood and refused; 429: too often, see Retry-After; 503: try again, see Retry-After; 507: the disk is full, nothing was stored.",
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
       },
       "Saved": {
        "description": "On the disk.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Saved"}}}
       }
      },
      "schemas": {
       "Problem": {
        "type": "object",
        "required": ["title", "status", "detail"],
        "properties": {
         "title": {"type": "string"},
         "status": {"type": "integer"},
         "detail": {"type": "string"},
         "errors": {"type": "array", "items": {"type": "string"}}
        }
       },
       "Credential": {
        "type": "object",
        "required": ["name", "password"],
        "properties": {
         "name": {"type": "string", "minLength": 2, "maxLength": 30, "pattern": "^[A-Za-z][A-Za-z0-9_-]+$"},
         "password": {"type": "string", "minLength": 10, "maxLength": 1024},
         "invitation": {"type": "string", "maxLength": 64}
        }
       },
       "Session": {
        "type": "object",
        "required": ["name", "token", "expires"],
        "properties": {
         "name": {"type": "string"},
         "token": {"type": "string"},
         "expires": {"type": "integer", "description": "Seconds since 1970."}
        }
       },
       "Me": {
        "type": "object",
        "required": ["name", "id", "role", "listed", "ratings"],
        "properties": {
         "name": {"type": "string"},
         "id": {"type": "string"},
         "role": {"enum": ["member", "owner"]},
         "listed": {"type": "boolean"},
         "ratings": {"type": "integer"},
         "page": {"type": "string", "description": "The path of the member's page; missing where the site has none."}
        }
       },
       "Change": {
        "type": "object",
        "properties": {
         "listed": {"type": "boolean"},
         "password": {
          "type": "object",
          "required": ["old", "new"],
          "properties": {"old": {"type": "string", "maxLength": 1024}, "new": {"type": "string", "minLength": 10, "maxLength": 1024}}
         }
        }
       },
       "Confirmation": {"type": "object", "required": ["password"], "properties": {"password": {"type": "string", "maxLength": 1024}}},
       "Rating": {
        "type": "object",
        "required": ["movie", "title", "stars", "time", "removable"],
        "properties": {
         "movie": {
          "oneOf": [
           {"type": "integer", "minimum": 0, "maximum": 9007199254740991},
           {"type": "string", "minLength": 1, "maxLength": 50, "pattern": "^[^\\u0000-\\u001f\\u007f]+$"}
          ]
         },
         "title": {"type": "string"},
         "year": {"type": "integer"},
         "stars": {"enum": ["LEVELS"]},
         "time": {"type": "integer"},
         "removable": {"type": "boolean"}
        }
       },
       "Ratings": {
        "type": "object",
        "required": ["ratings"],
        "properties": {"ratings": {"type": "array", "items": {"$ref": "#/components/schemas/Rating"}}}
       },
       "Stars": {"type": "object", "required": ["stars"], "properties": {"stars": {"enum": ["LEVELS"]}}},
       "OneRating": {
        "type": "object",
        "required": ["movie", "stars"],
        "properties": {
         "movie": {
          "oneOf": [
           {"type": "integer", "minimum": 0, "maximum": 9007199254740991},
           {"type": "string", "minLength": 1, "maxLength": 50, "pattern": "^[^\\u0000-\\u001f\\u007f]+$"}
          ]
         },
         "stars": {"enum": ["LEVELS", null], "description": "Null takes the rating back."}
        }
       },
       "Submission": {
        "anyOf": [
         {"$ref": "#/components/schemas/OneRating"},
         {"type": "array", "minItems": 1, "items": {"$ref": "#/components/schemas/OneRating"}},
         {
          "type": "object",
          "required": ["ratings"],
          "properties": {"ratings": {"type": "array", "minItems": 1, "items": {"$ref": "#/components/schemas/OneRating"}}}
         }
        ]
       },
       "Saved": {
        "type": "object",
        "required": ["saved", "removed", "repeated"],
        "properties": {
         "saved": {"type": "integer"},
         "removed": {"type": "integer"},
         "repeated": {"type": "boolean", "description": "Whether this was stored before, under the same Idempotency-Key."},
         "unmatched": {"type": "array", "items": {"type": "string"}, "description": "Films of an export that the site does not have."},
         "account": {
          "type": "object",
          "description": "Of an export what became of the lines of each file, and what is worth a sentence.",
          "required": ["files", "notes"],
          "properties": {
           "files": {"type": "array", "items": {"$ref": "#/components/schemas/FileAccount"}},
           "notes": {"type": "array", "items": {"type": "string"}}
          }
         }
        }
       },
       "FileAccount": {
        "type": "object",
        "description": "lines = ratings + unrated + not_films + replaced + bad; ratings + replaced = the dates. Films that were added are those that the site does not have.",
        "required": ["path", "format", "lines", "ratings", "unrated", "not_films", "replaced", "bad", "films", "dates"],
        "properties": {
         "path": {"type": "string"}, "format": {"type": "string"}, "user": {"type": "string"},
         "lines": {"type": "integer"}, "ratings": {"type": "integer"}, "unrated": {"type": "integer"},
         "not_films": {"type": "integer"}, "replaced": {"type": "integer"}, "bad": {"type": "integer"},
         "films": {
          "type": "object",
          "properties": {"by_id": {"type": "integer"}, "by_title": {"type": "integer"}, "added": {"type": "integer"}}
         },
         "dates": {
          "type": "object",
          "properties": {"read": {"type": "integer"}, "missing": {"type": "integer"}, "unreadable": {"type": "integer"}}
         }
        }
       },
       "List": {
        "type": "object",
        "required": ["id", "ratings", "models"],
        "properties": {
         "id": {
          "oneOf": [
           {"type": "integer", "minimum": 0, "maximum": 9007199254740991},
           {"type": "string", "minLength": 1, "maxLength": 50, "pattern": "^[^\\u0000-\\u001f\\u007f]+$"}
          ]
         },
         "ratings": {"type": "integer"},
         "models": {"type": "object"}
        }
       },
       "Similar": {
        "type": "object",
        "required": ["id", "title", "similar"],
        "properties": {
         "id": {
          "oneOf": [
           {"type": "integer", "minimum": 0, "maximum": 9007199254740991},
           {"type": "string", "minLength": 1, "maxLength": 50, "pattern": "^[^\\u0000-\\u001f\\u007f]+$"}
          ]
         },
         "title": {"type": "string"},
         "similar": {"type": "array", "items": {"type": "object"}}
        }
       },
       "BuildState": {
        "type": "object",
        "required": ["state"],
        "properties": {"state": {"enum": ["idle", "waiting", "running"]}, "stage": {"type": "string"}}
       },
       "Builds": {
        "type": "object",
        "required": ["now", "builds"],
        "properties": {
         "now": {"$ref": "#/components/schemas/BuildState"},
         "builds": {
          "type": "array",
          "items": {
           "type": "object",
           "required": ["started", "finished", "outcome"],
           "properties": {
            "started": {"type": "integer"},
            "finished": {"type": "integer"},
            "quality": {"type": "string"},
            "outcome": {"enum": ["succeeded", "failed", "interrupted"]},
            "users": {"type": "integer"},
            "movies": {"type": "integer"},
            "ratings": {"type": "integer"}
           }
          }
         }
        }
       }
      }
     }
    }
    """#
}
