using System.Net.Http.Headers;

namespace Parley.Server.Http;

/// <summary>Reads for how long a server that was asked wants to be left alone.</summary>
internal static class RetryAfter
{
    /// <summary>Returns that time; zero if the server does not say. More seconds than the framework reads (RFC 9110 sets no limit) count as <see cref="TimeSpan.MaxValue"/>.</summary>
    public static TimeSpan Of(HttpResponseHeaders headers, DateTimeOffset now) => headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - now,
        _ => headers.NonValidated.TryGetValues("Retry-After", out var values) && values.ToString().Trim() is { Length: > 0 } text && text.All(char.IsAsciiDigit)
            ? TimeSpan.MaxValue
            : TimeSpan.Zero,
    };
}
