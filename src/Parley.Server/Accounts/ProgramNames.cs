using Parley.Core.Names;
using Parley.Core.Tokens;
using Parley.Server.Options;

namespace Parley.Server.Accounts;

/// <summary>Names under which programs post: those of tokens that hold, and the collector's. Whoever wore one would be taken for the program.</summary>
internal sealed class ProgramNames(ITokenStore tokens, ParleyOptions options, TimeProvider time)
{
    /// <summary>True if a program posts under a name, or under one that looks like it. False while tokens cannot be looked up.</summary>
    public async ValueTask<bool> IsOneAsync(UserName name, CancellationToken cancellationToken)
    {
        string? look = null;
        if (options.Collect != ListenAddress.Off && UserName.TryParse(options.CollectName, out var collector) && NameSkeleton.Of(collector) == (look = NameSkeleton.Of(name)))
        {
            return true;
        }

        try
        {
            var now = time.GetUtcNow();
            foreach (var token in await tokens.ListAsync(cancellationToken))
            {
                if (token.IsValidAt(now) && NameSkeleton.Of(token.Name) == (look ??= NameSkeleton.Of(name)))
                {
                    return true;
                }
            }

            return false;
        }
        catch (TokenStoreException)
        {
            return false;
        }
    }
}
