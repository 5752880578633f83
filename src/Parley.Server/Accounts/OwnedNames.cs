using Parley.Core.Accounts;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Server.Options;

namespace Parley.Server.Accounts;

/// <summary>The names that belong to accounts, and how their ownership is told.</summary>
internal sealed class OwnedNames(IAccountStore store, ParleyOptions options, ProgramNames? programs = null) : INameOwners
{
    /// <summary>Names of the server's own, which clients send commands to.</summary>
    private static readonly ProvenAccount Services = new(default, default, default);

    private static readonly HashSet<string> ServiceLooks = LooksOf("NickServ", "ChanServ");

    // Of the server's name as it was asked for last.
    private Looked? _server;

    public async ValueTask<ProvenAccount?> FindAsync(UserName name, CancellationToken cancellationToken = default)
    {
        var look = NameSkeleton.Of(name);
        if (ServiceLooks.Contains(look))
        {
            return Services;
        }

        // An account that had the server's name before the server did keeps it.
        var isServer = string.Equals(ServerLook(), look, StringComparison.Ordinal);
        var account = isServer || options.Names == NamePolicy.Strict ? (await store.FindLookAlikeAsync(name, cancellationToken))?.Proven : null;
        return isServer ? account ?? Services : account;
    }

    public ValueTask<bool> IsOfProgramAsync(UserName name, CancellationToken cancellationToken = default) => programs?.IsOneAsync(name, cancellationToken) ?? new(false);

    /// <summary>Says in words why somebody may not have a name, without a full stop; null if the verdict is about something else.</summary>
    /// <param name="verdict">What the broker said.</param>
    /// <param name="name">The name.</param>
    /// <param name="remedy">How to log in to an account, with <c>{0}</c> for its name.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask<string?> RefusalAsync(Verdict verdict, UserName name, string remedy, CancellationToken cancellationToken)
    {
        switch (verdict)
        {
            case Verdict.NameOwned when IsService(name) || (IsServer(name, options) && await FindQuietlyAsync(name, cancellationToken) is null):
                return $"{name} is the server's own: choose another name";
            case Verdict.NameOwned when await FindQuietlyAsync(name, cancellationToken) is null && await IsOfProgramAsync(name, cancellationToken):
                return $"{name} is the name of a program of this server, or looks like it: choose another name";
            case Verdict.NameOwned:
                return await FindQuietlyAsync(name, cancellationToken) is { } owner && owner.Name != name
                    ? $"{name} looks like {owner.Name}, which belongs to an account: choose another name"
                    : $"{name} belongs to an account: {string.Format(System.Globalization.CultureInfo.InvariantCulture, remedy, name)}, or choose another name";
            case Verdict.NameLooksTaken:
                return $"{name} looks like the name of somebody who is here: choose another name";
            case Verdict.NameNotAscii:
                return $"{name} will not do, {NameWords.OnlyAscii}: choose another name";
            case Verdict.BannedFromServer:
                return $"{name} is banned from this server: choose another name";
            case Verdict.AccountsFail:
                return $"Whether {name} belongs to an account cannot be found out now, try again later";
            default:
                return null;
        }
    }

    /// <summary>Returns the warning to somebody who may wear the name of an account without having proven it; null if there is none.</summary>
    public async ValueTask<string?> WarningAsync(UserName name, ProvenAccount? login, string remedy, CancellationToken cancellationToken)
        => options.Names == NamePolicy.Warn && await FindQuietlyAsync(name, cancellationToken) is { } owner && owner.Id != login?.Id
            ? $"{owner.Name} belongs to an account: {string.Format(System.Globalization.CultureInfo.InvariantCulture, remedy, owner.Name)} if it is yours"
            : null;

    /// <summary>True if clients send commands of services to this name, or to one that looks like it.</summary>
    public static bool IsService(UserName name) => ServiceLooks.Contains(NameSkeleton.Of(name));

    /// <summary>True if a name is that of the server, or looks like it: lines of a user of that name would be taken for the server's.</summary>
    public static bool IsServer(UserName name, ParleyOptions options)
        => LookOf(options.ServerName) is { } look && string.Equals(look, NameSkeleton.Of(name), StringComparison.Ordinal);

    private string? ServerLook()
    {
        if (_server is not { } server || !ReferenceEquals(server.Name, options.ServerName))
        {
            server = new Looked(options.ServerName, LookOf(options.ServerName));
            _server = server;
        }

        return server.Look;
    }

    /// <summary>The look of a text as a name; null for what is no name of a user.</summary>
    private static string? LookOf(string text) => UserName.TryParse(text, out var name) ? NameSkeleton.Of(name) : null;

    private static HashSet<string> LooksOf(params string[] names)
        => [.. names.Select(name => UserName.TryParse(name, out var service) ? NameSkeleton.Of(service) : throw new ArgumentException(name, nameof(names)))];

    private async ValueTask<Account?> FindQuietlyAsync(UserName name, CancellationToken cancellationToken)
    {
        try
        {
            return await store.FindLookAlikeAsync(name, cancellationToken);
        }
        catch (AccountStoreException)
        {
            return null;
        }
    }

    private sealed record Looked(string Name, string? Look);
}
