using Parley.Conformance.Tests.Support;
using Parley.Server.Accounts.Outside;
using Parley.Server.Options;
using Parley.TestKit;

namespace Parley.Conformance.Tests.Accounts;

/// <summary>All ways to log in with a password, where a program decides on them (<c>--auth-command</c>).</summary>
public sealed class AuthCommandTests : AccountTest
{
    private readonly string _program = Path.Combine(Path.GetTempPath(), $"parley-auth-{Guid.NewGuid():N}");

    [Fact]
    public async Task SASL_PLAIN_asks_the_program_and_SCRAM_is_not_offered()
    {
        var client = await Server.ConnectAsync();
        Assert.Contains("sasl=PLAIN", (await client.AskAsync("CAP LS 302")).SelectMany(line => line.Text.Split(' ')));

        await client.SendAllAsync("CAP REQ :sasl", "AUTHENTICATE SCRAM-SHA-256");
        await client.ReadUntilAsync("904");
        await client.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", Password)}");
        await client.ReadUntilAsync("904");
        await client.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", "open-sesame")}");

        Assert.Equal("Ann", (await client.ReadUntilAsync("900"))[^1].Parameters[2]);
    }

    [Fact]
    public async Task Log_in_by_message_asks_the_program_and_makes_the_account()
    {
        var client = await Server.RegisterAsync("Bob");

        await client.SendAsync("NS IDENTIFY Cyd :open-sesame");

        Assert.Equal("Cyd", (await client.ReadUntilAsync("900"))[^1].Parameters[2]);
        Assert.NotNull(await Store.FindAsync(UserOf("Cyd"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Log_in_by_typing_asks_the_program()
    {
        await using var lines = await ScriptedClient.ConnectAsync(Server.AddressOf("lines"));
        await lines.SendLinesAsync("/login Ann", Password, "/login Ann", "open-sesame");
        await lines.ReadUntilAsync("The name or the password is wrong");
        await lines.ReadUntilAsync("You are logged in as Ann");

        await using var addressed = await ScriptedClient.ConnectAsync(Server.AddressOf("addressed"));
        await addressed.SendLinesAsync("/login Dan", "open-sesame", "Dan: hello");
        await addressed.ReadUntilAsync("from Dan: hello");
    }

    [Fact]
    public async Task Nobody_registers()
    {
        var client = await Server.ConnectAsync();
        Assert.DoesNotContain("draft/account-registration", string.Join(' ', (await client.AskAsync("CAP LS 302")).Select(line => line.Text)));
        await client.SendAllAsync("NICK Eve", "USER x 0 * :x", "CAP END");
        await client.ReadUntilAsync("422");

        Assert.Contains(await client.AskAsync("REGISTER * * :correct horse"), line => line.Command == "FAIL" && line.Parameters[1] == "TEMPORARILY_UNAVAILABLE");
    }

    [Fact]
    public async Task A_program_that_fails_is_told_as_such_and_counts_as_an_attempt()
    {
        var client = await NegotiateAsync();
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await client.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", "broken")}");
            Assert.Equal("SASL authentication failed: Passwords cannot be checked now, try again later", (await client.ReadUntilAsync("904"))[^1].Text);
        }

        await client.SendAllAsync("AUTHENTICATE PLAIN", $"AUTHENTICATE {Plain("Ann", "open-sesame")}");

        Assert.Equal(
            "SASL authentication failed: Too many attempts to log in (at most 3 a minute), try again in a minute",
            (await client.ReadUntilAsync("904"))[^1].Text);
    }

    private protected override async Task<IrcServer> StartAsync()
    {
        await File.WriteAllTextAsync(
            _program,
            """
            #!/bin/sh
            read -r name; read -r password
            case $password in
              'open-sesame') exit 0 ;;
              broken) exit 70 ;;
              *) exit 1 ;;
            esac
            """,
            TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        await MakeAnnAsync(DateTimeOffset.UnixEpoch);
        return await IrcServer.StartAsync(
            options => (options.AuthCommand, options.OutsideAccounts) = (_program, OutsideAccountPolicy.Create), accounts: Store);
    }

    private protected override ValueTask CleanUpAsync()
    {
        File.Delete(_program);
        return default;
    }

    private static Core.Names.UserName UserOf(string name) => Core.Names.UserName.TryParse(name, out var user) ? user : default;
}
