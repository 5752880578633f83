using Parley.Core.History;
using Parley.Server.Admin;
using Parley.Server.Options;

namespace Parley.Server.Tests.Hosting;

/// <summary>A running server takes over settings that have changed, all of them or none.</summary>
public sealed class ReloadTests : ReloadTest
{
    [Fact]
    public async Task Settings_that_may_change_are_applied_to_whoever_is_there()
    {
        Write("");
        await using var server = await StartAsync();
        await using var ann = await EnterAsync(server, "Ann");

        Write(""", "historyPage": 2, "historyDays": 7, "networkName": "Other" """);
        var changes = server.Reload();

        Assert.Equal(["history-page 100 2 True", "history-days 30 7 True", "network-name Parley Other True"], changes.Select(Text));
        foreach (var text in (string[])["one", "two", "three"])
        {
            await ann.SendLineAsync(text);
            await ann.ExpectAsync($"Ann: {text}");
        }

        await ann.SendLineAsync("/history");
        await ann.ExpectAsync("History - earlier messages in main");
        await ann.ExpectMatchAsync(".* Ann: two");
        await ann.ExpectMatchAsync(".* Ann: three");
        await ann.ExpectMatchAsync("History - end.*");
        Assert.Empty(server.Reload());
    }

    [Fact]
    public async Task A_setting_that_cannot_change_waits_for_the_next_start_and_is_told()
    {
        Write("");
        await using var server = await StartAsync();

        Write(""", "maxLineBytes": 1000, "historyReplay": 3 """);

        Assert.Equal(["history-replay 20 3 True", "max-line-bytes 400 1000 False"], server.Reload().Select(Text));
        Assert.Equal(["max-line-bytes 400 1000 False"], server.Reload().Select(Text));
        Assert.Contains(Log.Entries, entry => entry.Message.Contains("max-line-bytes stays 400 until the next start", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fewer_messages_that_are_kept_are_told_to_be_a_loss_and_more_are_not()
    {
        Write(""", "historyMessages": 50, "historyDays": 7 """);
        await using var server = await StartAsync();

        Write(""", "historyMessages": 3, "historyDays": 0 """);
        Assert.Equal([null, "fewer messages are kept: older ones are deleted"], server.Reload().Select(change => change.Loss));
        Write(""", "historyMessages": 0, "historyDays": 7 """);
        Assert.Equal(["messages are kept for a shorter time: older ones are deleted", null], server.Reload().Select(change => change.Loss));
    }

    [Fact]
    public async Task The_limit_of_connections_holds_from_a_reload_on()
    {
        Write("");
        await using var server = await StartAsync();
        await using var ann = await EnterAsync(server, "Ann");

        Write(""", "maxConnections": 1 """);
        Assert.Equal(["max-connections 0 1 True"], server.Reload().Select(Text));
        await using var bob = await ConnectAsync(server, "lines", "Bob");
        await bob.ReadUntilContainsAsync("The server is full (1 connection), try again later");

        Write("");
        server.Reload();
        await using var cid = await EnterAsync(server, "Cid");
    }

    [Theory]
    [InlineData(""", "historyReplay": 5, "commandRate": 0 """, "commandRate: '0' will not do")]
    [InlineData(""", "historyReplay": 5, "historyRelpay": 6 """, "historyRelpay: there is no such setting; did you mean historyReplay?")]
    [InlineData(""", "historyReplay": 5, "motd": "/nowhere/motd" """, "motd")]
    [InlineData(""", "historyReplay": 5 """ + "}}", "parley.json")]
    public async Task A_bad_file_changes_nothing(string settings, string error)
    {
        Write("");
        await using var server = await StartAsync();

        Write(settings);
        var failure = Assert.Throws<SettingsException>(() => server.Reload());
        Assert.Contains(failure.Errors, line => line.Contains(error, StringComparison.Ordinal));
        Assert.Contains(Log.Entries, entry => entry.Message.Contains("those before stay in use", StringComparison.Ordinal));

        Write("");
        Assert.Empty(server.Reload());
    }

    [Fact]
    public async Task Files_that_settings_name_are_read_again()
    {
        var motd = Path.Combine(FolderPath, "motd");
        await File.WriteAllTextAsync(motd, "before\n", TestContext.Current.CancellationToken);
        Write($", \"motd\": \"{motd}\", \"irc\": \"127.0.0.1:0\" ");
        await using var server = await StartAsync();
        await File.WriteAllTextAsync(motd, "after\n", TestContext.Current.CancellationToken);

        Assert.Empty(server.Reload());

        await using var client = await ConnectAsync(server, "irc", "Ann");
        await client.SendLinesAsync("NICK Ann", "USER ann 0 * :Ann");
        await client.ReadUntilContainsAsync(" 372 Ann :- after");
    }

    [Fact]
    public void Settings_are_said_to_change_while_running_by_these_and_no_others()
        => Assert.Equal(
            [
                "hsts-days", "http-hosts", "web-origins", "web-compression", "sts-days", "redact-time", "history-replay", "history-page", "history-days", "history-messages", "history-megabytes",
                "max-connections", "max-connections-per-address", "max-new-connections-per-address", "ipv6-site-factor", "exempt-loopback", "login-attempts", "accounts", "require-account", "min-password-length", "oidc-page-days", "outside-accounts", "command-burst", "command-rate",
                "byte-burst", "byte-rate", "max-recipients", "network-name", "motd", "operators", "irc-password", "admin-name", "admin-email", "push-days",
                "max-file-megabytes", "file-types", "account-files-megabytes", "files-megabytes", "files-reserve-megabytes", "max-picture-megapixels", "picture-side", "link-preview-timeout", "link-preview-kilobytes", "link-previews-kept", "reports-per-hour", "drain-timeout", "upgrade-timeout", "mails-per-hour",
            ],
            Setting.All.Where(setting => setting.IsLive).Select(setting => setting.Name));

    [Fact]
    public void Retention_follows_its_settings()
        => Assert.Equal(new Retention(TimeSpan.FromDays(3), 5), SettingsReloader.RetentionOf(new ParleyOptions { HistoryDays = 3, HistoryMessages = 5 }));
}
