using Parley.Core.Names;
using Parley.Core.Tokens;
using Parley.Server.Options;

namespace Parley.Server.Accounts;

/// <summary>Names under which programs post: those of tokens that hold, and the collector's. Whoever wore one would be taken for the program.</summary>
/// <remarks>
/// Everybody who comes in asks. So tokens are listed once a second at most, and those who come within that second get their answer at once: a token that
/// is made or revoked meanwhile counts a second later.
/// </remarks>
internal sealed class ProgramNames(ITokenStore tokens, ParleyOptions options, TimeProvider time)
{
    /// <summary>How long a list of tokens counts.</summary>
    internal static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private Task<HashSet<string>>? _looks;
    private long _listed;

    /// <summary>True if a program posts under a name, or under one that looks like it. False while tokens cannot be looked up.</summary>
    public ValueTask<bool> IsOneAsync(UserName name, CancellationToken cancellationToken)
    {
        var look = NameSkeleton.Of(name);
        if (options.Collect != ListenAddress.Off && UserName.TryParse(options.CollectName, out var collector) && NameSkeleton.Of(collector) == look)
        {
            return new(true);
        }

        var looks = LooksAsync();
        return looks.IsCompletedSuccessfully ? new(looks.Result.Contains(look)) : WaitAsync(looks, look, cancellationToken);
    }

    private static async ValueTask<bool> WaitAsync(Task<HashSet<string>> looks, string look, CancellationToken cancellationToken)
    {
        try
        {
            return (await looks.WaitAsync(cancellationToken)).Contains(look);
        }
        catch (TokenStoreException)
        {
            return false;
        }
    }

    /// <summary>What the names of tokens look like: as they were listed a moment ago, or else of a list that all who ask meanwhile wait for.</summary>
    private Task<HashSet<string>> LooksAsync()
    {
        lock (_gate)
        {
            if (_looks is { } last && (!last.IsCompleted || (last.IsCompletedSuccessfully && time.GetElapsedTime(_listed) < Freshness)))
            {
                return last;
            }

            _listed = time.GetTimestamp();
            return _looks = ListAsync();
        }
    }

    private async Task<HashSet<string>> ListAsync()
    {
        var now = time.GetUtcNow();
        var all = await tokens.ListAsync(CancellationToken.None);
        return [.. all.Where(token => token.IsValidAt(now)).Select(token => NameSkeleton.Of(token.Name))];
    }
}
