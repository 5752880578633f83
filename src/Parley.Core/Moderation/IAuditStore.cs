using Parley.Core.Accounts;

namespace Parley.Core.Moderation;

/// <summary>Keeps records of decisions. Every implementation passes <c>AuditStoreSpecification</c>.</summary>
/// <remarks>
/// Methods may be called at any time, from any thread, and MUST NOT block it. What was appended survives the end of the machine where the
/// store is a file. All throw <see cref="AccountStoreException"/> where the store fails.
/// </remarks>
public interface IAuditStore
{
    /// <summary>Appends entries, all or none, and removes the oldest past a number.</summary>
    /// <param name="entries">The entries, the oldest first.</param>
    /// <param name="keep">Number of entries that stay.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask AppendAsync(IReadOnlyList<AuditEntry> entries, int keep, CancellationToken cancellationToken = default);

    /// <summary>Returns the last entries, the oldest first.</summary>
    /// <param name="last">Number of entries at most.</param>
    /// <param name="since">Time of the oldest one; null for any.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    ValueTask<IReadOnlyList<AuditEntry>> ReadAsync(int last, DateTimeOffset? since = null, CancellationToken cancellationToken = default);
}
