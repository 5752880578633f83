using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Fido2NetLib;
using Fido2NetLib.Objects;
using Parley.Core.Accounts;
using Parley.Server.Connections;
using Parley.Server.Options;

namespace Parley.Server.Accounts;

/// <summary>Adds passkeys to accounts, and logs their owners in by them (https://www.w3.org/TR/webauthn-3/).</summary>
/// <remarks>
/// A ceremony that has begun is remembered here, in memory, for some minutes, and can be ended once: so an answer is good for the question that it was given to, and for no
/// other time. Whoever has a passkey has shown to its device who it is (user verification), and needs neither a name nor a password.
/// </remarks>
internal sealed class PasskeyLogin(AccountService accounts, IPasskeyStore store, LoginAttempts attempts, LoginRevocation revocation, ParleyOptions options, TimeProvider time)
{
    /// <summary>Time in which somebody has to answer the browser.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Words for an answer that proves nothing, whatever the cause.</summary>
    public const string Wrong = "That passkey is none of an account here, or took too long: try again, or log in with the password";

    /// <summary>Questions that wait for an answer; the oldest gives way to one more.</summary>
    private const int MaxPending = 1000;

    /// <summary>Of them, those of one address.</summary>
    private const int MaxPendingOfAddress = 20;

    private const int MaxNameLength = 60;

    private readonly Lock _gate = new();
    private readonly OrderedDictionary<string, Pending> _pending = new(StringComparer.Ordinal);

    /// <summary>True if accounts may have passkeys.</summary>
    public bool IsOn => options.AccountPasskeys > 0;

    /// <summary>The passkeys of an account, the oldest first.</summary>
    public ValueTask<IReadOnlyList<Passkey>> ListAsync(AccountId account, CancellationToken cancellationToken) => store.ListAsync(account, cancellationToken);

    /// <summary>Takes a passkey from an account, and logs out all that may have come in by it; null if the account has none of that number.</summary>
    /// <param name="account">The account.</param>
    /// <param name="id">Number of the passkey.</param>
    /// <param name="device">Number of the device that asks, which stays logged in.</param>
    /// <param name="address">The address that asks: sessions of the device go on that are from there.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask<Passkey?> RemoveAsync(AccountId account, long id, long device, IPAddress? address, CancellationToken cancellationToken)
    {
        if (await store.RemoveAsync(account, id, cancellationToken) is not { } passkey)
        {
            return null;
        }

        await revocation.EndAsync(account, [.. revocation.Of(account, device, address).Select(session => session.Id)], LoginRevocation.ProofRemoved, device);
        return passkey;
    }

    /// <summary>Begins to add a passkey: what the browser is to ask, and the word for it.</summary>
    public async ValueTask<(string Id, string Question)> BeginAsync(ProvenAccount account, PasskeySite site, IPAddress? address, CancellationToken cancellationToken)
    {
        var known = await store.ListAsync(account.Id, cancellationToken);
        var question = Protocol(site).RequestNewCredential(new RequestNewCredentialParams
        {
            User = new Fido2User { Id = HandleOf(account.Id), Name = account.Name.Value, DisplayName = account.Name.Value },
            ExcludeCredentials = [.. known.Select(passkey => new PublicKeyCredentialDescriptor(passkey.Credential.ToArray()))],
            AuthenticatorSelection = new AuthenticatorSelection { ResidentKey = ResidentKeyRequirement.Required, UserVerification = UserVerificationRequirement.Required },
            AttestationPreference = AttestationConveyancePreference.None,
            PubKeyCredParams = [PubKeyCredParam.ES256, PubKeyCredParam.RS256],
        });
        return (Remember(new Pending(account.Id, question, null, KeyOf(address), time.GetTimestamp())), question.ToJson());
    }

    /// <summary>Adds the passkey that a browser has made; why not, for people, or null.</summary>
    public async ValueTask<string?> EndAsync(
        ProvenAccount account, string id, JsonElement answer, string name, PasskeySite site, CancellationToken cancellationToken)
    {
        if (Take(id) is not { Making: { } question } pending || pending.Account != account.Id || Read(answer, PasskeyJson.Default.AuthenticatorAttestationRawResponse) is not { } made)
        {
            return Wrong;
        }

        try
        {
            var credential = await Protocol(site).MakeNewCredentialAsync(
                new MakeNewCredentialParams
                {
                    AttestationResponse = made,
                    OriginalOptions = question,
                    IsCredentialIdUniqueToUserCallback = async (one, stop) => await store.FindAsync(one.CredentialId, stop) is null,
                },
                cancellationToken);
            var passkey = new Passkey(account.Id, credential.Id, credential.PublicKey, Clean(name), time.GetUtcNow()) { SignCount = credential.SignCount };
            return await store.AddAsync(passkey, options.AccountPasskeys, cancellationToken) is null
                ? $"An account has at most {options.AccountPasskeys} passkeys: remove one first"
                : null;
        }
        catch (Exception e) when (IsOfTheAnswer(e))
        {
            return Wrong;
        }
    }

    /// <summary>Begins to log somebody in: what the browser is to ask, and the word for it.</summary>
    public (string Id, string Question) BeginLogin(PasskeySite site, IPAddress? address)
    {
        var question = Protocol(site).GetAssertionOptions(new GetAssertionOptionsParams { AllowedCredentials = [], UserVerification = UserVerificationRequirement.Required });
        return (Remember(new Pending(default, null, question, KeyOf(address), time.GetTimestamp())), question.ToJson());
    }

    /// <summary>The account of whoever has answered, and the proof; or what to tell the client, without a full stop.</summary>
    public async ValueTask<(Account? Account, string Refusal, LoginProof? Proof)> EndLoginAsync(
        string id, JsonElement answer, PasskeySite site, IPAddress? address, CancellationToken cancellationToken)
    {
        using var attempt = await attempts.BeginAsync(address, default, cancellationToken);
        if (attempt.Refusal is { } limit)
        {
            return (null, limit, null);
        }

        if (Take(id) is not { Asking: { } question } || Read(answer, PasskeyJson.Default.AuthenticatorAssertionRawResponse) is not { RawId: { } credential } given
            || await store.FindAsync(credential, cancellationToken) is not { } passkey
            || await accounts.Store.FindByIdAsync(passkey.Account, cancellationToken) is not { } account)
        {
            return (null, Wrong, null);
        }

        try
        {
            var proven = await Protocol(site).MakeAssertionAsync(
                new MakeAssertionParams
                {
                    AssertionResponse = given,
                    OriginalOptions = question,
                    StoredPublicKey = passkey.PublicKey.ToArray(),
                    StoredSignatureCounter = passkey.SignCount,
                    IsUserHandleOwnerOfCredentialIdCallback = (one, _) => Task.FromResult(one.UserHandle.AsSpan().SequenceEqual(HandleOf(account.Id))),
                },
                cancellationToken);
            await store.UsedAsync(credential, proven.SignCount, time.GetUtcNow(), cancellationToken);
            attempt.TakeBack();
            return (account, "", new LoginProof { Passkey = passkey.Id });
        }
        catch (Exception e) when (IsOfTheAnswer(e))
        {
            return (null, Wrong, null);
        }
    }

    /// <summary>Input of a stranger may be anything, and the library has an exception of its own for only some of it.</summary>
    private static bool IsOfTheAnswer(Exception e) => e is not (OperationCanceledException or AccountStoreException or OutOfMemoryException);

    private static T? Read<T>(JsonElement answer, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return answer.ValueKind == JsonValueKind.Object ? answer.Deserialize(type) : null;
        }
        catch (Exception e) when (e is JsonException or FormatException or NotSupportedException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The account's number, which says nothing of its owner to whoever finds the device.</summary>
    private static byte[] HandleOf(AccountId account)
    {
        var handle = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(handle, account.Value);
        return handle;
    }

    private Fido2 Protocol(PasskeySite site) => new(new Fido2Configuration
    {
        RPID = site.Host,
        RPName = options.NetworkName,
        Origins = new HashSet<string>(StringComparer.Ordinal) { site.Origin },
        Timeout = (uint)Lifetime.TotalMilliseconds,
    });

    private string Remember(Pending pending)
    {
        var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        lock (_gate)
        {
            while (_pending.Count > 0 && (_pending.Count >= MaxPending || time.GetElapsedTime(_pending.GetAt(0).Value.Begun) > Lifetime))
            {
                _pending.RemoveAt(0);
            }

            // Nobody has to make room for those who ask again and again.
            if (_pending.Values.Count(other => other.Address.Equals(pending.Address)) >= MaxPendingOfAddress)
            {
                _pending.Remove(_pending.First(other => other.Value.Address.Equals(pending.Address)).Key);
            }

            _pending.Add(id, pending);
        }

        return id;
    }

    private static IPAddress KeyOf(IPAddress? address) => address is null ? IPAddress.None : AddressKey.Of(address);

    private Pending? Take(string id)
    {
        lock (_gate)
        {
            return _pending.Remove(id, out var pending) && time.GetElapsedTime(pending.Begun) <= Lifetime ? pending : null;
        }
    }

    private static string Clean(string name)
    {
        var line = string.Concat(name.Select(character => char.IsControl(character) ? ' ' : character)).Trim();
        line = line.Length <= MaxNameLength ? line : line[..(char.IsHighSurrogate(line[MaxNameLength - 1]) ? MaxNameLength - 1 : MaxNameLength)];
        return line.Length == 0 ? "a passkey" : line;
    }

    private sealed record Pending(AccountId Account, CredentialCreateOptions? Making, AssertionOptions? Asking, IPAddress Address, long Begun);
}
