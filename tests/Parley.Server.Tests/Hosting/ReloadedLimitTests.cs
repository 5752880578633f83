using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Parley.Server.Tests.Hosting;

/// <summary>A limit that a reload changes counts for what comes after it.</summary>
public sealed class ReloadedLimitTests : ReloadTest
{
    private const string NotLimited = "The name or the password is wrong";

    [Fact]
    public async Task Accounts_are_required_of_whoever_comes_and_those_who_are_in_stay()
    {
        Write("");
        await using var server = await StartAsync();
        await using var ann = await EnterAsync(server, "Ann");

        Write(""", "requireAccount": true """);
        Assert.Equal(["require-account false true True"], server.Reload().Select(Text));

        await using var bob = await ConnectAsync(server, "lines", "Bob");
        await bob.ReadUntilAsync("This server is for people with an account: log in with /login {name}");
        await ann.SendLineAsync("I stay");
        await ann.ExpectAsync("Ann: I stay");

        Write("");
        server.Reload();
        await using var cid = await EnterAsync(server, "Cid");
    }

    [Fact]
    public async Task Attempts_to_log_in_are_counted_against_the_new_number()
    {
        Write("");
        await using var server = await StartAsync();
        await using var ann = await EnterAsync(server, "Ann");
        await ann.SendLinesAsync("/login Bob", "wrong password");
        await ann.ReadUntilContainsAsync(NotLimited);

        Write(""", "loginAttempts": 1 """);
        Assert.Equal(["login-attempts 3 1 True"], server.Reload().Select(Text));
        await ann.SendLinesAsync("/login Bob", "wrong password");
        await ann.ReadUntilContainsAsync("Too many attempts to log in (at most 1 a minute)");

        Write("");
        server.Reload();
        await ann.SendLinesAsync("/login Bob", "wrong password");
        await ann.ReadUntilContainsAsync(NotLimited);
    }

    [Fact]
    public async Task Reports_are_counted_against_the_new_number()
    {
        Write("");
        await using var server = await StartAsync();
        await using var ann = await EnterAsync(server, "Ann");
        await ann.SendLineAsync("/report Ann spam");
        await ann.ReadUntilAsync("Your report has reached the moderators");

        Write(""", "reportsPerHour": 1 """);
        Assert.Equal(["reports-per-hour 5 1 True"], server.Reload().Select(Text));
        await ann.SendLineAsync("/report Ann spam");
        await ann.ReadUntilContainsAsync("You have reported 1 time within an hour");

        Write(""", "reportsPerHour": 2 """);
        server.Reload();
        await ann.SendLineAsync("/report Ann spam");
        await ann.ReadUntilAsync("Your report has reached the moderators");
    }

    [Fact]
    public async Task What_was_said_before_is_taken_back_within_the_new_time()
    {
        const string Settings = """, "irc": "127.0.0.1:0", "redactTime": """;
        Write($"{Settings}\"30s\" ");
        await using var server = await StartAsync();
        await using var ann = await ConnectAsync(server, "irc", "Ann");
        await ann.SendLinesAsync("NICK Ann", "USER ann 0 * :Ann", "JOIN #room");
        await ann.ReadUntilContainsAsync(" 366 ");

        // The first in a room may take back anything at any time.
        await using var bob = await ConnectAsync(server, "irc", "Bob");
        await bob.SendLinesAsync("CAP REQ :message-tags echo-message draft/message-redaction", "CAP END", "NICK Bob", "USER bob 0 * :Bob", "JOIN #room", "PRIVMSG #room :oops");
        var id = (await bob.ReadUntilContainsAsync("PRIVMSG #room :oops")).Split("msgid=")[1].Split([';', ' '])[0];

        Time.Advance(TimeSpan.FromSeconds(31));
        await bob.SendLineAsync($"REDACT #room {id}");
        await bob.ReadUntilContainsAsync("FAIL REDACT REDACT_WINDOW_EXPIRED");

        Write($"{Settings}\"1h\" ");
        Assert.Equal(["redact-time 30s 1h True"], server.Reload().Select(Text));
        await bob.SendLineAsync($"REDACT #room {id}");
        await bob.ReadUntilContainsAsync($" REDACT #room {id}");
    }

    [Fact]
    public async Task Bytes_of_an_address_come_at_the_new_rate_and_its_burst_stays_spent()
    {
        const string Settings = """, "exemptLoopback": false, "commandBurst": 1000, "maxLineBytes": 65536, "byteBurst": 16384, "byteRate": """;
        Write($"{Settings}100");
        await using var server = await StartAsync();
        await using var ann = await ConnectAsync(server, "lines", "Ann");
        await ann.ReadUntilAsync("You joined main");
        await ann.SendLineAsync(new string('x', 16383));
        await ann.ReadUntilContainsAsync(": xxx");

        Write($"{Settings}1000");
        Assert.Equal(["byte-rate 100 1000 True"], server.Reload().Select(Text));
        await ann.SendLineAsync(new string('y', 299));

        await Time.WhenTimerArmedAsync(TimeSpan.FromMilliseconds(300));
        Time.Advance(TimeSpan.FromMilliseconds(300));
        await ann.ReadUntilContainsAsync(": yyy");
    }

    [Fact]
    public async Task A_connection_that_ends_has_the_new_time_and_so_has_the_stop_of_the_server()
    {
        Write("");
        IOptions<HostOptions>? host = null;
        await using var server = await StartAsync(services => services.AddHostedService(provider =>
        {
            host = provider.GetRequiredService<IOptions<HostOptions>>();
            return new Nothing();
        }));
        await using var ann = await EnterAsync(server, "Ann");

        Write(""", "drainTimeout": "700ms" """);
        Assert.Equal(["drain-timeout 10s 0.7s True"], server.Reload().Select(Text));

        Assert.Equal(TimeSpan.FromMilliseconds(5_700), host!.Value.ShutdownTimeout);
        await ann.SendLineAsync("/quit");
        await Time.WhenTimerArmedAsync(TimeSpan.FromMilliseconds(700));
        Time.Advance(TimeSpan.FromMilliseconds(700));
    }

    private sealed class Nothing : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
