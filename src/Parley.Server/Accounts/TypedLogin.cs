using System.Text;
using Parley.Core.Names;
using Parley.Server.Connections;

namespace Parley.Server.Accounts;

/// <summary>One person's log-in by typing: a command with the account's name, and the password with the next line.</summary>
internal sealed class TypedLogin(AccountAccess? access, ClientPeer peer)
{
    private string? _name;

    /// <summary>True if the next line is a password, whatever it looks like.</summary>
    public bool AwaitsPassword => _name is not null;

    /// <summary>Takes the name; the result is what to tell the client, without a full stop.</summary>
    public string Begin(ReadOnlySpan<byte> name)
    {
        if (access is null)
        {
            return "This server has no accounts";
        }

        if (!peer.IsPrivate)
        {
            return "Others could read your password on this connection: connect over TLS, or from the server's own machine";
        }

        if (!UserName.TryParse(name, out var user))
        {
            return "Usage: /login {name}, and the password as the next line";
        }

        // Whether there is such an account is nobody's business.
        _name = user.Value;
        return $"Send the password of {_name} as the next line, or an empty line to give up";
    }

    /// <summary>Takes the password.</summary>
    /// <param name="password">The password.</param>
    /// <param name="userId">Number of the user who logs in; 0 for nobody who is in.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <returns>The account, or else what to tell the client, without a full stop.</returns>
    public async ValueTask<(AccountProof? Login, string Words)> TakeAsync(byte[] password, long userId, CancellationToken cancellationToken)
    {
        var name = _name!;
        _name = null;
        if (password.Length == 0)
        {
            return (null, "Not logged in");
        }

        var text = Encoding.UTF8.GetString(password);
        if (UserName.TryParse(name, out var user) && await access!.Keys.TryAsync(user, text, cancellationToken) is var (owner, key))
        {
            return (new(owner.Proven, key), $"You are logged in as {owner.Name}");
        }

        var (account, refusal, proof) = await access!.Passwords.TryAsync(name, text, peer.Address, cancellationToken, userId: userId);
        return account is null ? (null, refusal) : (new(account.Proven, proof), $"You are logged in as {account.Name}");
    }
}
