using System.Security.Cryptography;
using System.Text;
using Parley.Conformance.Tests.Support;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>https://ircv3.net/specs/extensions/sasl-3.1 and sasl-3.2</summary>
public sealed class SaslTests : AccountTest
{
    [Fact]
    [Quote(Sasl32, "Servers SHOULD advertise the available SASL authentication mechanisms in the value of the `sasl` client capability in `CAP LS`.")]
    [Quote(Sasl32, "The value, if present, MUST be a comma (`,`) separated list of SASL authentication mechanisms.")]
    public async Task The_mechanisms_are_listed_the_best_first()
    {
        var client = await Server.ConnectAsync();

        var offer = await client.AskAsync("CAP LS 302");

        Assert.Contains("sasl=SCRAM-SHA-256,PLAIN", offer.SelectMany(line => line.Text.Split(' ')));
    }

    [Fact]
    public async Task A_client_of_before_302_is_shown_no_values()
    {
        var client = await Server.ConnectAsync();

        var offer = await client.AskAsync("CAP LS");

        Assert.Contains("sasl", offer.SelectMany(line => line.Text.Split(' ')));
    }

    [Fact]
    [Quote(Sasl31, "If the chosen mechanism is client-first, the server sends an empty response (`AUTHENTICATE +`, as described below).")]
    [Quote(Sasl31, "If authentication is successful, a 900 and 903 numeric will be sent.")]
    public async Task The_right_password_logs_in()
    {
        var client = await NegotiateAsync();

        await client.SendAsync("AUTHENTICATE PLAIN");
        Assert.Equal("+", (await client.ExpectAsync("AUTHENTICATE")).Text);
        await client.SendAsync($"AUTHENTICATE {Plain("ann", Password)}");

        var loggedIn = await client.ExpectAsync("900");
        Assert.Equal("Ann", loggedIn.Parameters[2]);
        await client.ExpectAsync("903");
        await client.SendAllAsync("NICK Bob", "USER bob 0 * :Bob", "CAP END");
        await client.ReadUntilAsync("001");
    }

    [Theory]
    [InlineData("Ann", "wrong horse")]
    [InlineData("Nobody", Password)]
    [InlineData("", Password)]
    [Quote(Sasl31, "If authentication fails, a 904 or 905 numeric will be sent and the client MAY retry from the `AUTHENTICATE <mechanism>` command.")]
    public async Task Anything_else_does_not_and_can_be_tried_again(string account, string password)
    {
        var client = await NegotiateAsync();

        await client.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain(account, password)}");
        await client.ExpectAsync("AUTHENTICATE");
        await client.ExpectAsync("904");
        await client.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", Password)}");

        await client.ReadUntilAsync("903");
    }

    [Fact]
    public async Task An_attempt_that_is_aborted_within_a_message_leaves_nothing_for_the_next()
    {
        var client = await NegotiateAsync();

        await client.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {new string('A', 400)}", "AUTHENTICATE *");
        await client.ExpectAsync("AUTHENTICATE");
        await client.ExpectAsync("906");
        await client.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", Password)}");

        await client.ExpectAsync("AUTHENTICATE");
        await client.ExpectAsync("900");
    }

    [Fact]
    [Quote(Sasl31, "The client can abort an authentication by sending an asterisk as the data. The server will send a 906 numeric.")]
    public async Task An_asterisk_aborts()
    {
        var client = await NegotiateAsync();

        await client.SendAllAsync("AUTHENTICATE PLAIN", "AUTHENTICATE *");

        await client.ExpectAsync("AUTHENTICATE");
        await client.ExpectAsync("906");
        await client.ExpectNothingAsync();
    }

    [Fact]
    [Quote(Sasl31, "`905` aka `ERR_SASLTOOLONG` is sent when credentials are valid, but the SASL authentication fails because the client-sent `AUTHENTICATE` command was too long (i.e. the parameter longer than 400 bytes).")]
    public async Task A_parameter_of_more_than_400_bytes_is_too_long()
    {
        var client = await NegotiateAsync();

        await client.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {new string('A', 401)}");

        await client.ExpectAsync("AUTHENTICATE");
        await client.ExpectAsync("905");
    }

    [Fact]
    [Quote(Sasl31, "The response is encoded in Base64 (RFC 4648), then split to 400-byte chunks, and each chunk is sent as a separate `AUTHENTICATE` command.")]
    [Quote(Sasl31, "If the last chunk was exactly 400 bytes long, it must also be followed by `AUTHENTICATE +` to signal end of response.")]
    public async Task A_long_response_comes_in_chunks()
    {
        var client = await NegotiateAsync();
        var response = Plain("Ann", new string('x', 300 - "\0Ann\0".Length));
        Assert.Equal(400, response.Length);

        await client.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {response}");
        await client.ExpectAsync("AUTHENTICATE");
        await client.ExpectNothingAsync();
        await client.SendAsync("AUTHENTICATE +");

        await client.ExpectAsync("904");
    }

    [Fact]
    public async Task What_is_no_base64_fails()
    {
        var client = await NegotiateAsync();

        await client.SendAllAsync("AUTHENTICATE PLAIN", "AUTHENTICATE !!!!");

        await client.ExpectAsync("AUTHENTICATE");
        await client.ExpectAsync("904");
    }

    [Fact]
    [Quote(Sasl31, "`908` aka `RPL_SASLMECHS` MAY be sent in reply to an `AUTHENTICATE` command which requests an unsupported mechanism.")]
    public async Task An_unknown_mechanism_is_answered_by_those_there_are()
    {
        var client = await NegotiateAsync();

        await client.SendAsync("AUTHENTICATE GSSAPI");

        Assert.Equal("SCRAM-SHA-256,PLAIN", (await client.ExpectAsync("908")).Parameters[1]);
        await client.ExpectAsync("904");
    }

    [Fact]
    [Quote(Sasl31, "If the client completes registration (with CAP END, NICK, USER and any other necessary messages) while the SASL authentication is still in progress, the server SHOULD abort it and send a 906 numeric, then register the client without authentication.")]
    public async Task Registering_in_the_middle_of_it_aborts()
    {
        var client = await NegotiateAsync();

        await client.SendAllAsync("AUTHENTICATE PLAIN", "NICK Bob", "USER bob 0 * :Bob", "CAP END");

        await client.ExpectAsync("AUTHENTICATE");
        await client.ExpectAsync("906");
        await client.ExpectAsync("001");
    }

    [Fact]
    [Quote(Sasl32, "Servers SHOULD allow a client, authenticated or otherwise, to reauthenticate by sending a new `AUTHENTICATE` message at any time.")]
    public async Task One_can_log_in_when_one_is_registered_and_others_are_told()
    {
        var watcher = await Server.JoinAsync("Watcher", "#room", "account-notify");
        var bob = await Server.JoinAsync("Bob", "#room", "sasl");
        await watcher.SyncAsync();

        await bob.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", Password)}");
        await bob.ReadUntilAsync("903");

        Assert.Equal("Ann", (await watcher.ExpectAsync("ACCOUNT")).Text);
        await bob.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", Password)}");
        await bob.ReadUntilAsync("903");
    }

    [Fact]
    public async Task The_account_is_shown_where_it_was_asked_for()
    {
        var watcher = await Server.JoinAsync("Watcher", "#room", "extended-join account-tag message-tags");
        var client = await NegotiateAsync();
        await client.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", Password)}", "NICK Bob", "USER bob 0 * :Bob B", "CAP END", "JOIN #room");

        Assert.Equal(["#room", "Ann", "Bob B"], (await watcher.ExpectAsync("JOIN")).Parameters);
        await client.SyncAsync();
        await client.SendAsync("PRIVMSG #room :hi");

        Assert.Equal("Ann", (await watcher.ExpectAsync("PRIVMSG")).Tags["account"]);
    }

    [Fact]
    public async Task Three_attempts_a_minute_are_the_limit()
    {
        var client = await Server.RegisterAsync("Bob", "sasl");
        for (var i = 0; i < 3; i++)
        {
            await client.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", "wrong")}");
            await client.ReadUntilAsync("904");
        }

        await client.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", Password)}");
        var refusal = await client.ReadUntilAsync("904");
        Assert.Contains("3", refusal[^1].Text, StringComparison.Ordinal);
        Server.Time.Advance(TimeSpan.FromMinutes(1));
        await client.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", Password)}");

        await client.ReadUntilAsync("903");
    }

    [Fact]
    [Quote("https://www.rfc-editor.org/rfc/rfc7677", "The SCRAM-SHA-256/SCRAM-SHA-256-PLUS SASL mechanisms are defined in the same way that SCRAM-SHA-1/SCRAM-SHA-1-PLUS are defined in [RFC5802], except that the hash function for HMAC() and H() uses SHA-256 instead of SHA-1.")]
    public async Task A_client_proves_by_SCRAM_that_it_knows_the_password_and_so_does_the_server()
    {
        var client = await NegotiateAsync();
        const string Nonce = "fyko+d2lbbFgONRv9qkxdawL";
        const string FirstBare = $"n=ann,r={Nonce}";
        await client.SendAllAsync("AUTHENTICATE SCRAM-SHA-256", $"AUTHENTICATE {Base64("n,," + FirstBare)}");
        await client.ExpectAsync("AUTHENTICATE");

        var serverFirst = Encoding.UTF8.GetString(Convert.FromBase64String((await client.ExpectAsync("AUTHENTICATE")).Text));
        var fields = serverFirst.Split(',').ToDictionary(field => field[0], field => field[2..]);
        var salted = Rfc2898DeriveBytes.Pbkdf2(
            Password, Convert.FromBase64String(fields['s']), int.Parse(fields['i'], System.Globalization.CultureInfo.InvariantCulture), HashAlgorithmName.SHA256, 32);
        var withoutProof = $"c=biws,r={fields['r']}";
        var signed = Encoding.UTF8.GetBytes($"{FirstBare},{serverFirst},{withoutProof}");
        var clientKey = HMACSHA256.HashData(salted, "Client Key"u8);
        var signature = HMACSHA256.HashData(SHA256.HashData(clientKey), signed);
        var proof = clientKey.Zip(signature, (key, mask) => (byte)(key ^ mask)).ToArray();
        await client.SendAsync($"AUTHENTICATE {Base64($"{withoutProof},p={Convert.ToBase64String(proof)}")}");

        var serverFinal = Encoding.UTF8.GetString(Convert.FromBase64String((await client.ExpectAsync("AUTHENTICATE")).Text));
        Assert.Equal("v=" + Convert.ToBase64String(HMACSHA256.HashData(HMACSHA256.HashData(salted, "Server Key"u8), signed)), serverFinal);
        await client.SendAsync("AUTHENTICATE +");
        await client.ReadUntilAsync("903");

        static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
    }
}
