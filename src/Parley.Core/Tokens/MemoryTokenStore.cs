using Parley.Core.Names;

namespace Parley.Core.Tokens;

/// <summary>Tokens of one process, gone with it.</summary>
public sealed class MemoryTokenStore : ITokenStore
{
    private readonly Lock _gate = new();
    private readonly List<(byte[] Hash, AccessToken Token)> _tokens = [];

    /// <inheritdoc/>
    public ValueTask<AccessToken?> AddAsync(AccessToken token, ReadOnlyMemory<byte> hash, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_tokens.Any(other => other.Token.Revoked is null && other.Token.Name == token.Name))
            {
                return new((AccessToken?)null);
            }

            var added = token with { Id = _tokens.Count + 1 };
            _tokens.Add((hash.ToArray(), added));
            return new(added);
        }
    }

    /// <inheritdoc/>
    public ValueTask<AccessToken?> FindAsync(ReadOnlyMemory<byte> hash, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new(_tokens.Find(each => hash.Span.SequenceEqual(each.Hash)).Token);
        }
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<AccessToken>> ListAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return new([.. _tokens.Select(each => each.Token)]);
        }
    }

    /// <inheritdoc/>
    public ValueTask<bool> RevokeAsync(UserName name, DateTimeOffset time, CancellationToken cancellationToken = default)
        => new(Change(token => token.Revoked is null && token.Name == name, token => token with { Revoked = time }));

    /// <inheritdoc/>
    public ValueTask UsedAsync(long id, DateTimeOffset time, CancellationToken cancellationToken = default)
    {
        Change(token => token.Id == id, token => token with { LastUsed = time });
        return default;
    }

    private bool Change(Predicate<AccessToken> which, Func<AccessToken, AccessToken> change)
    {
        lock (_gate)
        {
            var index = _tokens.FindIndex(each => which(each.Token));
            if (index >= 0)
            {
                _tokens[index] = (_tokens[index].Hash, change(_tokens[index].Token));
            }

            return index >= 0;
        }
    }
}
