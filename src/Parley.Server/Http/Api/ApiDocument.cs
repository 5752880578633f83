using System.Text;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Parley.Core.Tokens;

namespace Parley.Server.Http.Api;

/// <summary>Describes the API for programs (https://spec.openapis.org/oas/v3.1.1.html), from the table of its methods: so it says what there is.</summary>
internal static class ApiDocument
{
    public static byte[] Of(IReadOnlyList<ApiMethod> methods)
    {
        var paths = new JsonObject();
        foreach (var method in methods)
        {
            paths[$"/v1/{method.Path}"] = new JsonObject { ["post"] = Operation(method) };
        }

        return Encoding.UTF8.GetBytes(new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject { ["title"] = "Parley administration", ["version"] = "1" },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject { ["token"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" } },
                ["schemas"] = new JsonObject { ["Problem"] = Problem() },
            },
        }.ToJsonString());
    }

    private static JsonObject Operation(ApiMethod method)
    {
        var operation = new JsonObject
        {
            ["operationId"] = method.Path.Replace('/', '_'),
            ["summary"] = method.Summary,
            ["description"] = $"Takes a token with the scope admin:{NameOf(method.Scope)}.",
            ["security"] = new JsonArray(new JsonObject { ["token"] = new JsonArray() }),
            ["responses"] = new JsonObject
            {
                ["200"] = new JsonObject { ["description"] = "Whether it was done, and what was asked for.", ["content"] = Json(method.Answer.GetJsonSchemaAsNode()) },
                ["default"] = new JsonObject
                {
                    ["description"] = "Why the request was not looked at (RFC 9457).",
                    ["content"] = new JsonObject { ["application/problem+json"] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Problem" } } },
                },
            },
        };
        if (method.Takes.Count > 0)
        {
            var members = new JsonObject(method.Takes.Select(name => KeyValuePair.Create<string, JsonNode?>(name, new JsonObject { ["type"] = name switch { "dryRun" => "boolean", "uses" or "id" => "integer", _ => "string" } })));
            operation["requestBody"] = new JsonObject { ["content"] = Json(new JsonObject { ["type"] = "object", ["properties"] = members }) };
        }

        return operation;
    }

    private static string NameOf(AdminScopes scope) => scope switch { AdminScopes.Read => "read", AdminScopes.Accounts => "accounts", AdminScopes.Moderation => "moderation", AdminScopes.Rooms => "rooms", _ => "server" };

    private static JsonObject Json(JsonNode schema) => new() { ["application/json"] = new JsonObject { ["schema"] = schema } };

    private static JsonObject Problem() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject
        {
            ["title"] = new JsonObject { ["type"] = "string" },
            ["status"] = new JsonObject { ["type"] = "integer" },
            ["detail"] = new JsonObject { ["type"] = "string" },
        },
    };
}
