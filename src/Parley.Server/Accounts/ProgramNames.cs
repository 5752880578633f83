using Parley.Core.Names;
using Parley.Core.Tokens;
using Parley.Server.Options;

namespace Parley.Server.Accounts;

/// <summary>Names under which programs post: those that tokens that hold may post under, and the collector's. Whoever wore one would be taken for the program.</summary>
/// <remarks>
/// Everybody who comes in asks. So tokens are listed once a second at most, and those who come within that second get their answer at once: a token that
/// is made or revoked meanwhile counts a second later.
/// </remarks>
internal sealed class ProgramNames(ITokenStore tokens, ParleyOptions options, TimeProvider time)
{
    /// <summary>Time that a list of tokens counts.</summary>
    internal static readonly TimeSpan Freshness = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private HashSet<string>? _looks;
    private Task<HashSet<string>>? _listing;
    private long _listed;

    /// <summary>True if a program posts under a name, or under one that looks like it. False while tokens cannot be looked up.</summary>
    public ValueTask<bool> IsOneAsync(UserName name, CancellationToken cancellationToken)
    {
        var look = NameSkeleton.Of(name);
        if (options.Collect != ListenAddress.Off && UserName.TryParse(options.CollectName, out var collector) && NameSkeleton.Of(collector) == look)
        {
            return new(true);
        }

        Task<HashSet<string>> listing;
        lock (_gate)
        {
            if (_looks is not null && time.GetElapsedTime(_listed) < Freshness)
            {
                return new(_looks.Contains(look));
            }

            // All who ask meanwhile wait for the same.
            listing = _listing ??= ListAsync();
        }

        return WaitAsync(listing, look, cancellationToken);
    }

    private static async ValueTask<bool> WaitAsync(Task<HashSet<string>> listing, string look, CancellationToken cancellationToken)
    {
        try
        {
            return (await listing.WaitAsync(cancellationToken)).Contains(look);
        }
        catch (TokenStoreException)
        {
            return false;
        }
    }

    /// <summary>Looks of the names that tokens that hold now may post under.</summary>
    private async Task<HashSet<string>> ListAsync()
    {
        // Not under the lock, which whoever asks holds.
        await Task.Yield();
        var (began, now) = (time.GetTimestamp(), time.GetUtcNow());
        try
        {
            var all = await tokens.ListAsync(CancellationToken.None);
            HashSet<string> looks = [.. all.Where(token => token.IsValidAt(now)).SelectMany(token => token.Scopes.Names.Prepend(token.Name)).Select(NameSkeleton.Of)];
            lock (_gate)
            {
                (_looks, _listed) = (looks, began);
            }

            return looks;
        }
        finally
        {
            lock (_gate)
            {
                _listing = null;
            }
        }
    }
}
