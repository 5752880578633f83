using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Broker.Sessions;
using Parley.Core.Names;
using Parley.Server.Options;

namespace Parley.Server.Accounts;

/// <summary>
/// Issues what browsers and programs log in with again in place of the password, which they need not keep. Of a token the hash is kept, with the
/// account: it ends with the account, when its owner says so, with another password, and after so many days without use.
/// </summary>
internal sealed class DeviceTokens(AccountService accounts, IDeviceStore store, ParleyOptions options, TimeProvider time, LoginRevocation? revocation = null)
{
    private const int SecretBytes = 32;
    private const int SecretLength = 43;
    private const int MaxNameLength = 60;

    /// <summary>Uses within this time of the last one that was noted are not noted.</summary>
    private static readonly TimeSpan Grain = TimeSpan.FromHours(1);

    /// <summary>Issues a token to an account's owner.</summary>
    /// <param name="account">The account.</param>
    /// <param name="name">Words by which the owner knows the device.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <param name="outside">The identity at a provider that it is for, and ends with; null for none.</param>
    public async ValueTask<(Device Device, string Token)> IssueAsync(ProvenAccount account, string name, CancellationToken cancellationToken, OutsideIdentity? outside = null)
    {
        var secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        var now = time.GetUtcNow();
        var until = now.AddDays(outside is null ? options.DeviceDays : options.OidcPageDays);
        var device = await store.AddAsync(
            new Device(account.Id, HashOf(secret), Clean(name), now, now, until) { Outside = outside?.ToString() ?? "" }, options.AccountDevices, cancellationToken);

        // Another may have made way.
        await EndRemovedAsync(account.Id, cancellationToken);
        return (device, $"{account.Name.Value}.{secret}");
    }

    /// <summary>Issues a token to a session of an account's owner. Null if what it has logged in by holds no more, before that or behind it: the session ends then.</summary>
    /// <param name="session">The session.</param>
    /// <param name="account">The account that it has logged in to.</param>
    /// <param name="name">Words by which the owner knows the device.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="AccountStoreException">The store fails.</exception>
    public async ValueTask<(Device Device, string Token)?> IssueAsync(Session session, ProvenAccount account, string name, CancellationToken cancellationToken)
    {
        if (!await HoldsAsync(session, account, cancellationToken))
        {
            return null;
        }

        var issued = await IssueAsync(account, name, cancellationToken);
        if (await HoldsAsync(session, account, cancellationToken))
        {
            return issued;
        }

        await RemoveAsync(account.Id, issued.Device.Id, CancellationToken.None);
        return null;
    }

    private async ValueTask<bool> HoldsAsync(Session session, ProvenAccount account, CancellationToken cancellationToken)
    {
        if (revocation is not null)
        {
            await revocation.EndUnlessItHoldsAsync(session, account, cancellationToken);
        }

        return session.CloseReason is null;
    }

    /// <summary>The account whose token this is, and the device; null if it is none, or does not hold any more.</summary>
    public async ValueTask<(Account Account, Device Device)?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (!IsForm(token)
            || await store.FindAsync(HashOf(token[^SecretLength..]), cancellationToken) is not { } device
            || await accounts.FindAsync(OwnerOf(token), cancellationToken) is not { } account
            || account.Id != device.Account)
        {
            return null;
        }

        var now = time.GetUtcNow();
        if (device.Until <= now)
        {
            return null;
        }

        // Who was told apart from this account since has no business with it.
        var isOutside = device.Outside.Length > 0;
        if (isOutside && !(await accounts.Store.ListOutsideAsync(account.Name, cancellationToken)).Any(identity => identity.ToString() == device.Outside))
        {
            return null;
        }

        if (now - device.LastSeen >= Grain)
        {
            await store.SeenAsync(device.Hash, now, isOutside ? device.Until : now.AddDays(options.DeviceDays), cancellationToken);
        }

        return (account, device);
    }

    /// <summary>The account of that name and the device, if a password is the token of one of its devices; null otherwise.</summary>
    public async ValueTask<(Account Account, Device Device)?> FindAsync(UserName name, string password, CancellationToken cancellationToken)
        => IsForm(password) && OwnerOf(password) == name ? await FindAsync(password, cancellationToken) : null;

    /// <summary>The devices of an account that are logged in, the one that was seen last first.</summary>
    public async ValueTask<IReadOnlyList<Device>> ListAsync(AccountId account, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return [.. (await store.ListAsync(account, cancellationToken)).Where(device => device.Until > now)];
    }

    /// <summary>Logs a device out, and ends its sessions and its subscriptions to web push; null if the account has none of that number.</summary>
    public async ValueTask<Device?> RemoveAsync(AccountId account, long id, CancellationToken cancellationToken)
    {
        var device = await store.RemoveAsync(account, id, cancellationToken);
        await EndRemovedAsync(account, cancellationToken);
        if (device is not null && revocation is not null)
        {
            await revocation.EndPushesAsync(account, id, cancellationToken);
        }

        return device;
    }

    /// <summary>
    /// Logs the device out whose token has this hash, and ends its sessions and its subscriptions to web push; nothing if there is none, as when it is done
    /// already. Whoever has the hash can do that and nothing else: it takes the token to log in.
    /// </summary>
    public async ValueTask RemoveAsync(string hash, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(hash, cancellationToken) is { } device)
        {
            await RemoveAsync(device.Account, device.Id, cancellationToken);
        }
    }

    /// <summary>Logs all devices of an account out, and ends their sessions and all subscriptions to web push; the result is how many those were.</summary>
    public async ValueTask<int> RemoveAllAsync(AccountId account, CancellationToken cancellationToken)
    {
        var count = await store.RemoveAllAsync(account, cancellationToken);
        await EndRemovedAsync(account, cancellationToken);
        if (revocation is not null)
        {
            await revocation.EndPushesAsync(account, device: null, cancellationToken);
        }

        return count;
    }

    private async ValueTask EndRemovedAsync(AccountId account, CancellationToken cancellationToken)
    {
        if (revocation is not null)
        {
            await revocation.EndRemovedAsync(account, cancellationToken);
        }
    }

    /// <summary>True if a text has the form of a token.</summary>
    public static bool IsForm(string text)
        => text.Length > SecretLength + 1 && text[^(SecretLength + 1)] == '.' && text.AsSpan(text.Length - SecretLength).IndexOfAnyExcept(Base64UrlCharacters) < 0 && !OwnerOf(text).IsEmpty;

    /// <summary>The name that a token claims to be of; empty if it claims none.</summary>
    public static UserName OwnerOf(string token) => UserName.TryParse(token[..Math.Max(0, token.LastIndexOf('.'))], out var name) ? name : default;

    private static readonly System.Buffers.SearchValues<char> Base64UrlCharacters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private static string Clean(string name)
    {
        var line = string.Concat(name.Select(character => char.IsControl(character) ? ' ' : character)).Trim();
        line = line.Length <= MaxNameLength ? line : line[..(char.IsHighSurrogate(line[MaxNameLength - 1]) ? MaxNameLength - 1 : MaxNameLength)];
        return line.Length == 0 ? "a program" : line;
    }
}
