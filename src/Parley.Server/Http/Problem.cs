using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Parley.Server.Json;

namespace Parley.Server.Http;

/// <summary>Why a request was not granted, for programs (RFC 9457) and, in its detail, for people.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Detail">What is wrong, and what to do.</param>
internal sealed record Problem(int Status, string Detail)
{
    /// <summary>When it is worth another try; zero: not by itself.</summary>
    public TimeSpan RetryAfter { get; init; }

    /// <summary>With status 401: how whoever asks may say who it is (RFC 9110).</summary>
    public string Challenge { get; init; } = "Bearer";

    public async Task WriteAsync(HttpContext http)
    {
        var body = JsonBody.Encode(json =>
        {
            json.WriteString("title", ReasonPhrases.GetReasonPhrase(Status));
            json.WriteNumber("status", Status);
            json.WriteString("detail", Detail);
        });
        http.Response.StatusCode = Status;
        http.Response.ContentType = "application/problem+json";
        if (RetryAfter > TimeSpan.Zero)
        {
            http.Response.Headers.RetryAfter = ((int)Math.Ceiling(RetryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (Status == StatusCodes.Status401Unauthorized)
        {
            http.Response.Headers.WWWAuthenticate = Challenge;
        }

        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, http.RequestAborted);
    }
}
