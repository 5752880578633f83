namespace Parley.Core.Tokens;

/// <summary>Answer to a request that may be sent again: a repetition with the same key gets the same answer, and nothing happens twice.</summary>
/// <param name="Token">The token that was shown, by its <see cref="AccessToken.Id"/>.</param>
/// <param name="Key">The key that its owner chose.</param>
/// <param name="Fingerprint">The SHA-256 of the request: another one under the same key is a mistake.</param>
/// <param name="Time">When the request came first, UTC.</param>
/// <param name="Body">The answer; empty as long as there is none.</param>
public sealed record RememberedAnswer(
    long Token, string Key, ReadOnlyMemory<byte> Fingerprint, DateTimeOffset Time, ReadOnlyMemory<byte> Body)
{
    /// <summary>True if the request was begun, and nobody has noted what became of it.</summary>
    public bool IsOpen => Body.IsEmpty;

    /// <summary>Time for which an answer is remembered.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromHours(24);

    /// <summary>Number of answers that a store remembers; the oldest make room.</summary>
    public const int MaxCount = 100_000;
}
