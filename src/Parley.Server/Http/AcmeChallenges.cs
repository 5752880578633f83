using System.Buffers;
using Microsoft.AspNetCore.Http;
using Parley.Server.Options;

namespace Parley.Server.Http;

/// <summary>
/// Answers for an ACME client, which puts a file down for the authority that asks whether a name leads to this machine (RFC 8555, 8.3):
/// <c>/.well-known/acme-challenge/TOKEN</c>, in plain text and under every name.
/// </summary>
/// <remarks>MUST come before the rules on names and on https: the name is the one that has no certificate yet.</remarks>
internal sealed class AcmeChallenges(ParleyOptions options)
{
    private const string Path = "/.well-known/acme-challenge";

    /// <summary>Longest token, and longest answer: a token, a point and the thumbprint of a key are below a hundred characters.</summary>
    private const int MaxBytes = 1024;

    // RFC 8555, 8: a token is of the alphabet of base64url, so it names no other folder.
    private static readonly SearchValues<char> TokenCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private readonly string _folder = System.IO.Path.Combine(options.AcmeWebroot, Path[1..]);

    /// <summary>Answers a question of an authority's, and goes on with any other request.</summary>
    public Task AnswerAsync(HttpContext http, RequestDelegate next)
        => HttpMethods.IsGet(http.Request.Method) && http.Request.Path.StartsWithSegments(Path, StringComparison.Ordinal, out var rest)
            ? AnswerAsync(http, rest.Value!.TrimStart('/'))
            : next(http);

    private async Task AnswerAsync(HttpContext http, string token)
    {
        if (await ReadAsync(token, http.RequestAborted) is not { } answer)
        {
            await new Problem(StatusCodes.Status404NotFound, "There is no such challenge").WriteAsync(http);
            return;
        }

        http.Response.ContentType = "application/octet-stream";
        http.Response.ContentLength = answer.Length;
        await http.Response.Body.WriteAsync(answer, http.RequestAborted);
    }

    private async Task<byte[]?> ReadAsync(string token, CancellationToken cancellation)
    {
        if (token.Length is 0 or > MaxBytes || token.AsSpan().ContainsAnyExcept(TokenCharacters))
        {
            return null;
        }

        try
        {
            var file = new FileInfo(System.IO.Path.Combine(_folder, token));
            return file is { Exists: true, Length: <= MaxBytes } ? await File.ReadAllBytesAsync(file.FullName, cancellation) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
