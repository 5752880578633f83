using System.Net;
using System.Text;
using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Server.Accounts;
using Parley.Server.Accounts.Sasl;
using Parley.Server.Connections;
using Parley.Server.Options;
using Parley.TestKit;

namespace Parley.Server.Tests.Accounts;

/// <summary>Accounts in memory with passwords that are quick to check, and a clock that is moved by hand.</summary>
internal sealed class TestAccounts
{
    public const string Password = "correct horse";
    public const int Iterations = PasswordVerifier.MinIterations;

    public static readonly IPAddress Somewhere = IPAddress.Parse("192.0.2.1");

    public TestAccounts(ParleyOptions? options = null)
    {
        Options = options ?? new ParleyOptions();
        Service = new AccountService(Store, Options, Time, Iterations);
        Attempts = new LoginAttempts(Options, new ConnectionGate(Options, Time), Time);
        Mechanisms = new SaslMechanisms(Service, Attempts);
    }

    public ParleyOptions Options { get; }

    public ManualTimeProvider Time { get; } = new();

    public MemoryAccountStore Store { get; } = new();

    public AccountService Service { get; }

    public LoginAttempts Attempts { get; }

    public SaslMechanisms Mechanisms { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static UserName User(string name) => UserName.TryParse(name, out var user) ? user : throw new ArgumentException(name, nameof(name));

    /// <summary>The server's side with an account of Ann's.</summary>
    public static async Task<TestAccounts> WithAnnAsync(ParleyOptions? options = null)
    {
        var accounts = new TestAccounts(options);
        Assert.Null(await accounts.Service.RegisterAsync(User("Ann"), Password, cancellationToken: Token));
        return accounts;
    }

    /// <summary>Begins to log in.</summary>
    public ISaslExchange Begin(string mechanism, IPAddress? address = null, CertificateFingerprint? certificate = null)
        => Mechanisms.Begin(mechanism, new SaslPeer(address ?? Somewhere, certificate)) ?? throw new ArgumentException(mechanism, nameof(mechanism));

    /// <summary>One message and what comes of it: "ok Name", "no reason", or the challenge.</summary>
    public static async Task<string> SendAsync(ISaslExchange exchange, string message) => await exchange.NextAsync(Encoding.UTF8.GetBytes(message), Token) switch
    {
        SaslStep.Succeeded { Account: var account } => $"ok {account.Name}",
        SaslStep.Failed(var reason) => $"no {reason}",
        SaslStep.Challenge(var data) => Encoding.UTF8.GetString(data.Span),
        _ => throw new InvalidOperationException(),
    };

    public Task<string> PlainAsync(string message, IPAddress? address = null) => SendAsync(Begin("PLAIN", address), message);
}
