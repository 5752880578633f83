using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Server.Admin;

namespace Parley.Server.Http.Api;

/// <summary><c>POST /v1/...</c>: administration for programs that show a token for it. docs/operations/administration.md is its specification.</summary>
internal sealed class ApiEndpoints(ApiMethods methods, BearerTokens tokens, TokenRates rates, LoopbackRule loopback, AdminCommands commands)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1");
        foreach (var method in methods.All)
        {
            group.MapPost("/" + method.Path, http => AnswerAsync(http, method));
            if (method.OldPath is { } old)
            {
                group.MapPost("/" + old, http => AnswerAsync(http, method));
            }
        }

        var document = ApiDocument.Of(methods.All);
        group.MapGet("/openapi.json", http => WriteAsync(http, document));
    }

    private async Task AnswerAsync(HttpContext http, ApiMethod method)
    {
        try
        {
            if (!http.Request.IsHttps && !loopback.IsFromHere(http))
            {
                throw new ProblemException(StatusCodes.Status403Forbidden, "Others could read your token along: ask over https, or from the server's own machine");
            }

            var token = await tokens.AuthenticateAsync(http);
            if (!token.Scopes.Administration.HasFlag(method.Scope))
            {
                throw new ProblemException(StatusCodes.Status403Forbidden, $"The token of {token.Name} is not for this: make one that is with parley token create NAME --admin {method.Scope.ToString().ToLowerInvariant()} --days N");
            }

            rates.Take(token, http, 1);
            var request = ApiJson.Parse(await ReadAsync(http));
            var answer = await commands.RunAsync(method.Ask(request) with { By = token.Name.Value, Scopes = token.Scopes.Administration }, http.RequestAborted);
            if (answer.HttpStatus is { } status)
            {
                throw new ProblemException(status, answer.Error!);
            }

            await WriteAsync(http, JsonSerializer.SerializeToUtf8Bytes(method.Tell(answer), method.Answer));
        }
        catch (ProblemException e)
        {
            await e.Problem.WriteAsync(http);
        }
    }

    private static async Task<byte[]> ReadAsync(HttpContext http)
    {
        var body = new byte[ApiJson.MaxRequestBytes + 1];
        var length = await http.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, http.RequestAborted);
        return length <= ApiJson.MaxRequestBytes ? body[..length]
            : throw new ProblemException(StatusCodes.Status413PayloadTooLarge, $"A request can only be {ApiJson.MaxRequestBytes} bytes long");
    }

    private static async Task WriteAsync(HttpContext http, byte[] body)
    {
        http.Response.ContentType = "application/json";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
