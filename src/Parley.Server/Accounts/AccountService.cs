using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Core.Ports;
using Parley.Server.Options;

namespace Parley.Server.Accounts;

/// <summary>Makes accounts, and tells whether somebody knows the password of one. For all threads; none is blocked.</summary>
/// <remarks>
/// Names that have no account MUST NOT be told apart from those with another password: not by an answer, nor by its time.
/// Registering tells, as it has to. Limits on attempts are <see cref="LoginAttempts"/>' part.
/// </remarks>
public sealed class AccountService
{
    // A hash takes a core for some 40 ms. However many log in at once, one core, if there are two, is for the rest.
    private static readonly SemaphoreSlim Hashing = new(Math.Max(1, Environment.ProcessorCount - 1));

    private readonly IAccountStore _store;
    private readonly ParleyOptions _options;
    private readonly TimeProvider _time;
    private readonly int _iterations;

    /// <summary>Accounts of a store.</summary>
    /// <param name="store">The store, whose owner is somebody else.</param>
    /// <param name="options">Who may register.</param>
    /// <param name="time">The clock.</param>
    /// <param name="iterations">How hard new passwords are to guess from a stolen store; fewer only in tests.</param>
    public AccountService(IAccountStore store, ParleyOptions options, TimeProvider time, int iterations = PasswordVerifier.DefaultIterations)
    {
        _store = store;
        _options = options;
        _time = time;
        _iterations = iterations;
    }

    /// <summary>The store.</summary>
    public IAccountStore Store => _store;

    /// <summary>Makes an account; null if it is made, else why not.</summary>
    /// <exception cref="AccountStoreException">The store fails. All methods throw it.</exception>
    public async ValueTask<AccountRefusal?> RegisterAsync(
        UserName name, string password, string? email = null, CancellationToken cancellationToken = default)
    {
        if (_options.Accounts == RegistrationPolicy.Closed)
        {
            return new(AccountRefusalKind.RegistrationClosed, "Accounts are made by the operator of this server: ask there");
        }

        if (PasswordRule.Check(name, password, out var prepared) is { } refusal)
        {
            return refusal;
        }

        if (email is not null && !IsEmail(email))
        {
            return new(AccountRefusalKind.InvalidEmail, "That is no e-mail address: give one such as ann@example.org, or none");
        }

        // Before the work. Who comes at the same time is found out after it.
        if (await _store.FindAsync(name, cancellationToken) is not null)
        {
            return Taken(name);
        }

        var verifier = await HashAsync(() => PasswordVerifier.Create(prepared, _iterations), cancellationToken);
        var account = new Account(name, _time.GetUtcNow(), email);
        return await _store.TryCreateAsync(new AccountCredentials(account, verifier), cancellationToken) ? null : Taken(name);
    }

    /// <summary>The account, if this is its password; null if not, or if there is none.</summary>
    public async ValueTask<Account?> VerifyPasswordAsync(UserName name, string password, CancellationToken cancellationToken = default)
    {
        var (account, verifier) = await FindOrFakeAsync(name.Value, cancellationToken);

        // What cannot be prepared is no account's password, and is worked on like any other.
        var prepared = PasswordText.TryPrepare(password, out var text) ? text : password;
        return await HashAsync(() => verifier.Matches(prepared), cancellationToken) ? account : null;
    }

    /// <summary>Sets another password; null if it is set, else why not. Whoever calls has made sure that it is the owner who asks.</summary>
    public async ValueTask<AccountRefusal?> ChangePasswordAsync(UserName name, string password, CancellationToken cancellationToken = default)
    {
        if (PasswordRule.Check(name, password, out var prepared) is { } refusal)
        {
            return refusal;
        }

        var verifier = await HashAsync(() => PasswordVerifier.Create(prepared, _iterations), cancellationToken);
        return await _store.SetPasswordAsync(name, verifier, cancellationToken)
            ? null
            : new(AccountRefusalKind.NoSuchAccount, $"There is no account {name}");
    }

    /// <summary>An account and what its password is checked against; without an account, something that looks the same.</summary>
    /// <param name="name">The name as somebody gave it, which need not be one.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    internal async ValueTask<(Account? Account, PasswordVerifier Password)> FindOrFakeAsync(string name, CancellationToken cancellationToken)
    {
        var found = UserName.TryParse(name, out var user) ? await _store.FindAsync(user, cancellationToken) : null;
        var secret = await _store.SecretAsync(cancellationToken);
        var fake = PasswordVerifier.Fake(name.ToLowerInvariant(), secret.Span, _iterations);
        return found is null ? (null, fake) : (found.Account, found.Password);
    }

    private static AccountRefusal Taken(UserName name) => new(AccountRefusalKind.NameTaken, $"Somebody has the account {name}: choose another name");

    // Whether mail arrives is for whoever sends some to find out. This only keeps nonsense out of the store.
    private static bool IsEmail(string email) =>
        email.Length <= 254
        && email.IndexOf('@', StringComparison.Ordinal) > 0
        && email.IndexOf('@', StringComparison.Ordinal) == email.LastIndexOf('@')
        && !email.EndsWith('@')
        && !email.Any(character => char.IsWhiteSpace(character) || char.IsControl(character));

    private static async Task<T> HashAsync<T>(Func<T> hash, CancellationToken cancellationToken)
    {
        await Hashing.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(hash, cancellationToken);
        }
        finally
        {
            Hashing.Release();
        }
    }
}
