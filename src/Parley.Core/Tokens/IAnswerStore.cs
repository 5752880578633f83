namespace Parley.Core.Tokens;

/// <summary>Where answers are remembered for requests that are sent again. Every implementation passes <c>AnswerStoreSpecification</c>.</summary>
/// <remarks>May be called at any time, from any thread; MUST NOT block the caller's. Throws <see cref="TokenStoreException"/>.</remarks>
public interface IAnswerStore
{
    /// <summary>Returns the answer given for a token's key; null if there was none, or it is older than <see cref="RememberedAnswer.Lifetime"/>.</summary>
    ValueTask<RememberedAnswer?> FindAsync(long token, string key, DateTimeOffset now, CancellationToken cancellationToken = default);

    /// <summary>Remembers an answer, in place of what was under its key, and forgets those that are too old or too many.</summary>
    ValueTask AddAsync(RememberedAnswer answer, CancellationToken cancellationToken = default);
}
