using Parley.Conformance.Tests.Support;
using Parley.Core.Accounts;
using Parley.Core.Names;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>IRC over TLS: https://ircv3.net/specs/extensions/sts, and EXTERNAL (RFC 4422, appendix A).</summary>
public sealed class TlsTests : ConformanceTest, IDisposable
{
    private const string Sts = "https://ircv3.net/specs/extensions/sts";

    private readonly TestCertificate _server = new();
    private readonly TestCertificate _client = new();
    private readonly MemoryAccountStore _store = new();

    public void Dispose()
    {
        _server.Dispose();
        _client.Dispose();
    }

    private protected override Task<IrcServer> StartAsync() => IrcServer.StartAsync(
        options =>
        {
            options.TlsCertificate = _server.CertificateFile;
            options.TlsKey = _server.KeyFile;
            options.StsDays = 30;
        },
        accounts: _store);

    [Fact]
    public async Task Somebody_over_TLS_and_somebody_in_plain_text_talk()
    {
        var bob = await Server.JoinAsync("Bob");
        var ann = await Server.ConnectTlsAsync();
        await ann.SendAllAsync("NICK Ann", "USER ann 0 * :Ann", "JOIN #room", "PRIVMSG #room :hi");

        await bob.ExpectAsync("JOIN");
        Assert.Equal("hi", (await bob.ExpectAsync("PRIVMSG")).Text);
    }

    [Fact]
    [Quote(Sts, "Clients MUST NOT request this capability with `CAP REQ`. Servers MAY reply with a `CAP NAK` message if a client requests this capability.")]
    public async Task In_plain_text_the_port_for_TLS_is_told_and_nothing_can_be_requested()
    {
        var client = await Server.ConnectAsync();

        var offer = await client.AskAsync("CAP LS 302");

        Assert.Contains(offer.SelectMany(line => line.Text.Split(' ')), cap => cap.StartsWith("sts=port=", StringComparison.Ordinal));
        Assert.Equal("NAK", (await client.AskAsync("CAP REQ :sts"))[^1].Parameters[1]);
    }

    [Fact]
    public async Task Over_TLS_it_is_told_for_how_long_that_holds()
    {
        var client = await Server.ConnectTlsAsync();

        var offer = await client.AskAsync("CAP LS 302");

        Assert.Contains("sts=duration=2592000", offer.SelectMany(line => line.Text.Split(' ')));
    }

    [Fact]
    public async Task A_client_that_understands_no_values_is_told_nothing_of_it()
    {
        var client = await Server.ConnectAsync();

        var offer = await client.AskAsync("CAP LS");

        Assert.DoesNotContain(offer.SelectMany(line => line.Text.Split(' ')), cap => cap.StartsWith("sts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nothing_is_told_unless_the_operator_wants_it()
    {
        await using var other = await IrcServer.StartAsync();
        var client = await other.ConnectAsync();

        Assert.DoesNotContain("sts", (await client.AskAsync("CAP LS 302"))[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_that_an_account_has_logs_in()
    {
        await AddAnnAsync();
        var client = await Server.ConnectTlsAsync(_client.Certificate);
        Assert.Contains("sasl=EXTERNAL,SCRAM-SHA-256,PLAIN", (await client.AskAsync("CAP LS 302")).SelectMany(line => line.Text.Split(' ')));

        await client.SendAllAsync("CAP REQ :sasl", "AUTHENTICATE EXTERNAL", "AUTHENTICATE +");

        Assert.Equal("Ann", (await client.ReadUntilAsync("900"))[^1].Parameters[2]);
        await client.ExpectAsync("903");
    }

    /// <summary>As at another node of a cluster, of which the node that was told of it knows no log-in before it has registered.</summary>
    [Fact]
    public async Task A_certificate_that_is_taken_away_before_the_registration_lets_nobody_in()
    {
        var ann = await AddAnnAsync();
        var client = await Server.ConnectTlsAsync(_client.Certificate);
        await client.SendAllAsync("CAP REQ :sasl", "NICK phone", "USER ann 0 * :Ann", "AUTHENTICATE EXTERNAL", "AUTHENTICATE +");
        await client.ReadUntilAsync("903");
        Assert.True(await _store.RemoveCertificateAsync(ann, CertificateFingerprint.Of(_client.Certificate.RawData), TestContext.Current.CancellationToken));

        await client.SendAsync("CAP END");

        Assert.Equal("A way to log in to the account was taken away: log in with another", (await client.ReadUntilAsync("ERROR"))[^1].Text);
    }

    [Fact]
    public async Task A_certificate_that_nobody_knows_does_not()
    {
        var client = await Server.ConnectTlsAsync(_client.Certificate);

        await client.SendAllAsync("CAP REQ :sasl", "AUTHENTICATE EXTERNAL", "AUTHENTICATE +");

        await client.ReadUntilAsync("904");
    }

    [Fact]
    public async Task Without_a_certificate_there_is_no_EXTERNAL()
    {
        var client = await Server.ConnectTlsAsync();

        await client.SendAllAsync("CAP REQ :sasl", "AUTHENTICATE EXTERNAL");

        Assert.Equal("SCRAM-SHA-256,PLAIN", (await client.ReadUntilAsync("908"))[^1].Parameters[1]);
    }

    private async Task<UserName> AddAnnAsync()
    {
        Assert.True(UserName.TryParse("Ann", out var ann));
        var password = PasswordVerifier.Create("correct horse", PasswordVerifier.MinIterations);
        await _store.TryCreateAsync(new AccountCredentials(new Account(AccountId.New(), ann, DateTimeOffset.UnixEpoch), password), TestContext.Current.CancellationToken);
        await _store.AddCertificateAsync(ann, CertificateFingerprint.Of(_client.Certificate.RawData), TestContext.Current.CancellationToken);
        return ann;
    }
}
