using System.Net;
using Parley.Core.Accounts;
using Parley.Core.Broker;
using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Push;
using Parley.Core.Queries;
using Parley.Server.Connections;
using Parley.Server.Options;

namespace Parley.Server.Accounts;

/// <summary>Makes accounts, and tells whether somebody knows the password of one. For all threads; none is blocked.</summary>
/// <remarks>
/// Names that have no account MUST NOT be told apart from those with another password: not by an answer, nor by its time.
/// Registering tells, as it has to. Limits on attempts are <see cref="LoginAttempts"/>' part.
/// </remarks>
public sealed class AccountService
{
    private static readonly TimeSpan FailureWindow = TimeSpan.FromMinutes(1);

    private readonly IAccountStore _store;
    private readonly ParleyOptions _options;
    private readonly TimeProvider _time;
    private readonly int _iterations;
    private readonly AddressQueue _queue = new();
    private readonly Lock _gate = new();
    private readonly AttemptWindow<IPAddress> _failures = new(limit: int.MaxValue, FailureWindow);

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
        (Devices, Codes, Pushes) = (store as IDeviceStore, store as IMailCodeStore, store as IPushStore);
    }

    /// <summary>A program's decision on passwords; null if those that are kept here decide.</summary>
    internal PasswordCheck? Elsewhere { get; init; }

    /// <summary>The devices that are logged in, which another password logs out; those of the store unless given, null where it keeps none.</summary>
    public IDeviceStore? Devices { get; init; }

    /// <summary>The codes that were sent by e-mail, which end with the password; those of the store unless given, null where it keeps none.</summary>
    public IMailCodeStore? Codes { get; init; }

    /// <summary>The subscriptions to web push, which end with the password; those of the store unless given, null where it keeps none.</summary>
    public IPushStore? Pushes { get; init; }

    /// <summary>The store.</summary>
    public IAccountStore Store => _store;

    /// <summary>The names of programs, which are nobody's account; null for none.</summary>
    internal ProgramNames? Programs { get; init; }

    /// <summary>Has guests wear other names whose names become an account's; null where nobody is.</summary>
    internal IBroker? Broker { get; init; }

    /// <summary>Where passwords are worked out.</summary>
    internal PasswordHashing Hashing { get; init; } = PasswordHashing.Shared;

    /// <summary>Where the log-ins of an address wait for each other.</summary>
    internal AddressQueue Queue => _queue;

    // Held from the look at a name until its account is made.
    private SemaphoreSlim Making { get; } = new(1);

    /// <summary>Makes an account; null if it is made, else why not.</summary>
    /// <exception cref="AccountStoreException">The store fails. All methods throw it.</exception>
    public async ValueTask<AccountRefusal?> RegisterAsync(
        UserName name, string password, string? email = null, CancellationToken cancellationToken = default)
        => (await MakeAsync(name, password, email, cancellationToken)).Refusal;

    /// <summary>The account of a name; null if there is none.</summary>
    public async ValueTask<Account?> FindAsync(UserName name, CancellationToken cancellationToken = default)
        => (await _store.FindAsync(name, cancellationToken))?.Account;

    /// <summary>Makes an account, or says why not.</summary>
    internal async ValueTask<(Account? Account, AccountRefusal? Refusal)> MakeAsync(
        UserName name, string password, string? email, CancellationToken cancellationToken)
    {
        return Elsewhere is not null || _options.Accounts == RegistrationPolicy.Closed
            ? (null, new(AccountRefusalKind.RegistrationClosed, "Accounts are made by the operator of this server: ask there"))
            : await MakeForOperatorAsync(name, password, email, cancellationToken);
    }

    /// <summary>Makes an account, whoever else may; or says why not.</summary>
    internal async ValueTask<(Account? Account, AccountRefusal? Refusal)> MakeForOperatorAsync(
        UserName name, string password, string? email, CancellationToken cancellationToken)
    {
        var (verifier, refusal) = await PrepareAsync(name, password, email, cancellationToken);
        return verifier is null ? (null, refusal) : await CreateAsync(name, verifier, email, isEmailProven: false, userId: 0, cancellationToken);
    }

    /// <summary>Returns the verifier of the password of an account that can be made; or says why it cannot.</summary>
    internal async ValueTask<(PasswordVerifier? Password, AccountRefusal? Refusal)> PrepareAsync(
        UserName name, string password, string? email, CancellationToken cancellationToken)
    {
        if (Elsewhere is not null)
        {
            return (null, new(AccountRefusalKind.KeptElsewhere, "Passwords are kept elsewhere, for another server or service: the account is made at the first log-in"));
        }

        if (PasswordRule.Check(name, password, _options.MinPasswordLength, out var prepared) is { } refusal)
        {
            return (null, refusal);
        }

        if (email is not null && !MailAddresses.IsAddress(email))
        {
            return (null, new(AccountRefusalKind.InvalidEmail, "That is no e-mail address: give one such as ann@example.org, or none"));
        }

        if (_options.NamesCharset == NameCharset.Ascii && !name.IsAscii)
        {
            return (null, new(AccountRefusalKind.UnacceptableName, $"{name} will not do, {NameWords.OnlyAscii}: choose another name"));
        }

        // Before the work. Who comes at the same time is found out after it.
        if (await ClashAsync(name, cancellationToken) is { } clash)
        {
            return (null, clash);
        }

        return (await Hashing.RunAsync(() => PasswordVerifier.Create(prepared, _iterations), cancellationToken: cancellationToken), null);
    }

    /// <summary>Makes an account that <see cref="PrepareAsync"/> has said can be made, and has guests wear other names who wear its name; or says why it cannot any more.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="password">Its password.</param>
    /// <param name="email">Where its owner can be reached; null for nowhere.</param>
    /// <param name="isEmailProven">Whether its owner has shown to read mail there.</param>
    /// <param name="userId">Number of the user who asks, who may wear the name and keeps it; 0 for nobody who is in.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    internal async ValueTask<(Account? Account, AccountRefusal? Refusal)> CreateAsync(
        UserName name, PasswordVerifier password, string? email, bool isEmailProven, long userId, CancellationToken cancellationToken)
    {
        var account = new Account(AccountId.New(), name, _time.GetUtcNow(), email, isEmailProven);
        return await CreateAsync(new AccountCredentials(account, password), identity: null, userId, cancellationToken) is { } refusal ? (null, refusal) : (account, null);
    }

    /// <summary>Makes an account for somebody whom others vouch for, which has no password, and has guests wear other names who wear its name; or says why not.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="identity">Who that is to an identity provider; null if a program vouches for the name.</param>
    /// <param name="userId">Number of the user who logs in, who may wear the name and keeps it; 0 for nobody who is in.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    internal async ValueTask<(Account? Account, AccountRefusal? Refusal)> MakeOutsideAsync(
        UserName name, OutsideIdentity? identity, long userId, CancellationToken cancellationToken)
    {
        var account = new Account(AccountId.New(), name, _time.GetUtcNow());
        var refusal = await CreateAsync(new AccountCredentials(account, PasswordVerifier.WithoutPassword(_iterations)), identity, userId, cancellationToken);
        if (refusal is null)
        {
            return (account, null);
        }

        // Another connection of the same person was quicker, or another person with the name.
        return identity is not null && await _store.FindByOutsideAsync(identity, cancellationToken) is { } made ? (made, null) : (null, refusal);
    }

    /// <summary>Has guests wear other names who wear that of an account that was made just now, or one that looks like it, where names are their owners' alone.</summary>
    /// <param name="account">The account.</param>
    /// <param name="userId">Number of the user whose account it is, who keeps its name; 0 for nobody who is in.</param>
    /// <param name="cancellationToken">Gives up waiting, and not what is asked for.</param>
    /// <remarks>MUST NOT throw: the account is there, and whoever made it goes on.</remarks>
    internal async ValueTask FreeNameAsync(Account account, long userId, CancellationToken cancellationToken)
    {
        if (Broker is not null && _options.Names == NamePolicy.Strict)
        {
            var freeing = Broker.AskAsync(SessionId.Server, new FreeName(account.Proven, userId), CancellationToken.None).AsTask();
            await ((Task)freeing.WaitAsync(cancellationToken)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Makes an account in its turn; null if it is made, else why not.</summary>
    private async ValueTask<AccountRefusal?> CreateAsync(AccountCredentials credentials, OutsideIdentity? identity, long userId, CancellationToken cancellationToken)
    {
        var name = credentials.Account.Name;

        // One at a time, so that whoever comes second is told what it clashes with. Servers that share the store are told apart by that.
        await Making.WaitAsync(cancellationToken);
        try
        {
            if (await ClashAsync(name, cancellationToken) is { } clash)
            {
                return clash;
            }

            if (!await _store.TryCreateAsync(credentials, identity, refusesLookAlikes: _options.Names == NamePolicy.Strict, cancellationToken))
            {
                return await ClashAsync(name, cancellationToken) ?? Taken(name);
            }
        }
        finally
        {
            Making.Release();
        }

        await FreeNameAsync(credentials.Account, userId, cancellationToken);
        return null;
    }

    /// <summary>The account, if this is its password; null if not, or if there is none.</summary>
    public async ValueTask<Account?> VerifyPasswordAsync(UserName name, string password, CancellationToken cancellationToken = default)
        => (await ProveAsync(name, password, address: null, cancellationToken))?.Account;

    /// <summary>True if an account is there, and has that password still.</summary>
    internal async ValueTask<bool> IsOfAsync(Account account, PasswordVerifier password, CancellationToken cancellationToken)
        => await _store.FindAsync(account.Name, cancellationToken) is { } now && now.Account.Id == account.Id && now.Password.Stamp == password.Stamp;

    /// <summary>The account, and the proof, if this is its password; null if not, or if there is none.</summary>
    /// <param name="name">The name of the account.</param>
    /// <param name="password">The password.</param>
    /// <param name="address">The address that asks, whose log-ins wait for each other; null for one that need not.</param>
    /// <param name="cancellationToken">Gives up waiting: the connection is gone.</param>
    /// <param name="userId">Number of the user who logs in; 0 for nobody who is in.</param>
    internal async ValueTask<(Account Account, LoginProof? Proof)?> ProveAsync(
        UserName name, string password, IPAddress? address, CancellationToken cancellationToken, long userId = 0)
    {
        if (Elsewhere is not null)
        {
            return await _queue.RunAsync(address, token => Elsewhere(this, name, password, userId, token), cancellationToken) is { } known ? (known, null) : null;
        }

        var (account, verifier) = await FindOrFakeAsync(name.Value, cancellationToken);

        // What cannot be prepared is no account's password, and is worked on like any other.
        var prepared = PasswordText.TryPrepare(password, out var text) ? text : password;
        var isRight = await _queue.RunAsync(address, token => Hashing.RunAsync(() => verifier.Matches(prepared), Failures(address), token), cancellationToken);
        if (!isRight || account is null)
        {
            HasFailed(address);
            return null;
        }

        if (verifier.Iterations != _iterations)
        {
            // With the salt that it has: it is the same password.
            var renewed = await Hashing.RunAsync(() => PasswordVerifier.Derive(prepared, verifier.Salt.Span, _iterations), cancellationToken: cancellationToken);
            await _store.RenewPasswordAsync(account.Id, verifier, renewed, cancellationToken);
        }

        return (account, new LoginProof(Password: verifier.Stamp));
    }

    /// <summary>Sets another password; null if it is set, else why not. Whoever calls has made sure that it is the owner who asks.</summary>
    public async ValueTask<AccountRefusal?> ChangePasswordAsync(UserName name, string password, CancellationToken cancellationToken = default)
        => (await ChangePasswordAsync(name, password, proof: null, cancellationToken)).Refusal;

    /// <summary>Sets another password; returns why it is not set, or the proof that the password is from now on.</summary>
    /// <param name="name">The name of the account.</param>
    /// <param name="password">The password.</param>
    /// <param name="proof">The password before, by which its owner has asked: nothing changes if it is another by now. Null if it was not that.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    internal async ValueTask<(AccountRefusal? Refusal, LoginProof? Proof)> ChangePasswordAsync(
        UserName name, string password, LoginProof? proof, CancellationToken cancellationToken)
    {
        if (Elsewhere is not null)
        {
            return (new(AccountRefusalKind.KeptElsewhere, "Passwords are kept elsewhere, for another server or service: change it there"), null);
        }

        if (PasswordRule.Check(name, password, _options.MinPasswordLength, out var prepared) is { } refusal)
        {
            return (refusal, null);
        }

        var verifier = await Hashing.RunAsync(() => PasswordVerifier.Create(prepared, _iterations), cancellationToken: cancellationToken);
        if (await _store.FindAsync(name, cancellationToken) is not { } found)
        {
            return (new(AccountRefusalKind.NoSuchAccount, $"There is no account {name}"), null);
        }

        if (proof is not null && proof.Password != found.Password.Stamp)
        {
            return (Overtaken, null);
        }

        // First: whoever knows the password before is to have nothing that outlasts it, also if the server ends in between.
        await ForgetAsync(found.Account.Id, cancellationToken);
        return await (proof is null ? _store.SetPasswordAsync(name, verifier, cancellationToken) : _store.RenewPasswordAsync(found.Account.Id, found.Password, verifier, cancellationToken))
            ? (null, new LoginProof(Password: verifier.Stamp))
            : (proof is null ? new(AccountRefusalKind.NoSuchAccount, $"There is no account {name}") : Overtaken, null);
    }

    /// <summary>Somebody else has set another password first.</summary>
    private static AccountRefusal Overtaken { get; } = new(AccountRefusalKind.Overtaken, "Your account has had another password in the meantime, and nothing has changed");

    /// <summary>Removes all that lets somebody in to an account, or tells them of it, without its password: tokens of devices, codes by e-mail, subscriptions to web push.</summary>
    /// <param name="account">The account.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <param name="keep">Number of a device that stays, with its subscriptions; 0 for none.</param>
    public async ValueTask ForgetAsync(AccountId account, CancellationToken cancellationToken, long keep = 0)
    {
        if (Devices is not null && keep == 0)
        {
            await Devices.RemoveAllAsync(account, cancellationToken);
        }
        else if (Devices is not null)
        {
            foreach (var device in (await Devices.ListAsync(account, cancellationToken)).Where(device => device.Id != keep))
            {
                await Devices.RemoveAsync(account, device.Id, cancellationToken);
            }
        }

        if (Codes is not null)
        {
            await Codes.RemoveAllAsync(account, cancellationToken);
        }

        if (Pushes is not null)
        {
            foreach (var subscription in (await Pushes.ListAsync(account, cancellationToken)).Where(subscription => keep == 0 || subscription.Device != keep))
            {
                await Pushes.RemoveAsync(account, subscription.Endpoint, cancellationToken);
            }
        }
    }

    /// <summary>An account and what its password is checked against; without an account, something that looks the same.</summary>
    /// <param name="name">The name as somebody gave it, which need not be one.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    internal async ValueTask<(Account? Account, PasswordVerifier Password)> FindOrFakeAsync(string name, CancellationToken cancellationToken)
    {
        var found = UserName.TryParse(name, out var user) ? await _store.FindAsync(user, cancellationToken) : null;
        var secret = await _store.SecretAsync(cancellationToken);
        var earlier = _iterations == PasswordVerifier.DefaultIterations ? PasswordVerifier.EarlierIterations : _iterations;
        var fake = PasswordVerifier.Fake(user.IsEmpty ? name.ToLowerInvariant() : user.Key, secret.Span, _iterations, earlier);
        return found is null ? (null, fake) : (found.Account, found.Password);
    }

    /// <summary>Why a name is not there to be an account's; null if it is.</summary>
    private async ValueTask<AccountRefusal?> ClashAsync(UserName name, CancellationToken cancellationToken)
    {
        var other = await _store.FindLookAlikeAsync(name, cancellationToken);
        var isOfProgram = other is null && Programs is not null && await Programs.IsOneAsync(name, cancellationToken);
        return other is not null && other.Name == name ? Taken(name)
            : isOfProgram ? new(AccountRefusalKind.NameTaken, $"{name} is the name of a program of this server, or looks like it: choose another name")
            : other is not null && _options.Names == NamePolicy.Strict
                ? new(AccountRefusalKind.NameTaken, $"{name} looks like {other.Name}, which is somebody's account: choose another name")
            : OwnedNames.IsService(name) || OwnedNames.IsServer(name, _options) || name.Value.Equals(_options.CollectName, StringComparison.OrdinalIgnoreCase)
                ? new(AccountRefusalKind.NameTaken, $"{name} is the server's own: choose another name")
            : null;
    }

    private static AccountRefusal Taken(UserName name) => new(AccountRefusalKind.NameTaken, $"Somebody has the account {name}: choose another name");

    /// <summary>Times that an address gave a wrong password in the last minute.</summary>
    private int Failures(IPAddress? address)
    {
        lock (_gate)
        {
            return address is null ? 0 : _failures.Count(AddressKey.Of(address), _time.GetUtcNow());
        }
    }

    private void HasFailed(IPAddress? address)
    {
        lock (_gate)
        {
            if (address is not null)
            {
                _failures.Add(AddressKey.Of(address), _time.GetUtcNow());
            }
        }
    }
}
