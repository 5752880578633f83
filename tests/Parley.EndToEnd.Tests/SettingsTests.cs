using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>Settings: where they come from, and what is said when they will not do.</summary>
public sealed class SettingsTests
{
    /// <summary>defaults.md and protocols.md: each limit and each listener is a setting.</summary>
    private static readonly string[] Settings =
    [
        "lines", "addressed", "irc", "ircs", "http", "web-origins", "web-compression", "http-hosts", "max-http-connections", "max-http-connections-per-address", "byte-burst", "byte-rate", "collect", "collect-room", "collect-name", "tls-certificate", "tls-key", "acme-webroot", "sts-days", "proxy-from", "http-proxy-from", "webirc", "data", "database", "cluster", "node", "cluster-listen",
        "history", "history-events", "redact-time", "history-replay", "history-page", "history-days", "history-messages", "history-store", "history-megabytes", "history-failure",
        "max-connections", "max-connections-per-address", "max-new-connections-per-address", "ipv6-site-factor", "exempt-loopback",
        "login-timeout", "login-attempts", "accounts", "keep-alive", "max-line-bytes", "max-outbox-bytes", "overflow-policy",
        "command-burst", "command-rate", "max-rooms", "account-rooms", "account-sessions", "registered-rooms", "room-roles", "max-recipients", "client-tag-deny",
        "server-name", "network-name", "motd", "operators", "irc-password", "admin-name", "admin-email", "irc-ping-interval", "irc-ping-timeout", "irc-plain-lines", "irc-refused-nicks",
        "files", "files-url", "max-file-megabytes", "file-types", "account-files-megabytes", "files-megabytes", "files-reserve-megabytes", "max-picture-megapixels", "picture-side", "link-previews", "link-preview-timeout", "link-preview-kilobytes", "link-previews-at-once", "link-previews-kept", "admin",
        "metrics", "otlp", "trace-sample", "status", "drain-timeout", "drain-rate", "upgrade-timeout", "audit-entries", "reports-per-hour", "push-endpoints", "push-days", "push-allow",
        "addressed-tls", "hsts-days", "https", "https-redirect", "lines-tls", "min-password-length", "names", "names-charset", "network-icon", "require-account", "services", "services-from",
        "oidc-issuer", "oidc-audience", "oidc-keys", "oidc-claim", "oidc-client", "oidc-secret", "oidc-name", "oidc-page-days", "oidc-timeout", "outside-accounts", "auth-command", "auth-command-timeout", "auth-command-processes",
        "require-email", "smtp", "smtp-tls", "smtp-user", "smtp-password", "smtp-timeout", "mail-from", "mails-per-hour", "mail-code-time", "invitations", "account-devices", "device-days", "always-on", "account-passkeys", "web-url",
    ];

    [Theory]
    [InlineData("--lines")]
    [InlineData("--addressed")]
    [InlineData("--http")]
    public async Task A_taken_port_is_told_in_one_line_with_what_to_do(string listener)
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        string address = other.LocalEndpoint.ToString()!;
        string[] listeners = [.. new[] { "--lines", "--addressed", "--http", "--irc" }.Where(each => each != listener).SelectMany(each => new[] { each, "127.0.0.1:0" })];

        await using ChildProcess server = ParleyBinary.Run(["serve", .. listeners, listener, address, "--log-level", "error"]);

        Assert.Equal(1, await server.ExitAsync());
        await server.Errors.ExpectAsync(
            $"{address} is taken by another program: stop that program, or choose another address with {listener} HOST:PORT (port 0 takes a free one)");
        await server.Errors.ExpectEndAsync();
        Assert.DoesNotContain("ready", server.Output.All);
    }

    [Theory]
    [InlineData("--lines", "nowhere")]
    [InlineData("--lines", "127.0.0.1:70000")]
    [InlineData("--max-line-bytes", "many")]
    [InlineData("--max-line-bytes", "0")]
    [InlineData("--max-outbox-bytes", "-1")]
    [InlineData("--overflow-policy", "Shrug")]
    [InlineData("--drain-timeout", "soon")]
    [InlineData("--exempt-loopback", "maybe")]
    [InlineData("--collect", "127.0.0.1:0")]
    [InlineData("--history", "maybe")]
    [InlineData("--proxy-from", "everybody")]
    [InlineData("--ircs", "127.0.0.1:6697")]
    [InlineData("--tls-key", "/nowhere/key.pem")]
    [InlineData("--tls-certificate", "/nowhere/cert.pem")]
    [InlineData("--webirc", "/nowhere/gateways")]
    [InlineData("--history-failure", "Shrug")]
    [InlineData("--database", "mysql://db.example/chat")]
    [InlineData("--cluster", "mysql://db.example/chat")]
    [InlineData("--history-store", "foo")]
    [InlineData("--smtp-password", "/nowhere/password")]
    [InlineData("--http-hosts", "https://chat.example.org")]
    [InlineData("--auth-command", "/nowhere/auth")]
    [InlineData("--oidc-issuer", "http://id.example")]
    public async Task A_wrong_value_is_told_in_one_line_that_names_the_setting(string setting, string value)
    {
        await using ChildProcess server = ParleyBinary.Run("serve", setting, value);

        Assert.Equal(2, await server.ExitAsync());
        Assert.Contains(setting.TrimStart('-'), await server.Errors.NextAsync());
        await server.Errors.ExpectEndAsync();
        await server.Output.ExpectEndAsync();
    }

    [Fact]
    public async Task All_wrong_values_are_told_at_once()
    {
        await using ChildProcess server = ChildProcess.Start(
            ParleyBinary.Path,
            ["serve", "--max-line-bytes", "many"],
            new Dictionary<string, string> { ["PARLEY_DRAIN_TIMEOUT"] = "soon" });

        Assert.Equal(2, await server.ExitAsync());
        await server.Errors.SkipToAsync("--max-line-bytes", line => line.StartsWith("--max-line-bytes: 'many' will not do", StringComparison.Ordinal));
        await server.Errors.SkipToAsync("PARLEY_DRAIN_TIMEOUT", line => line.StartsWith("PARLEY_DRAIN_TIMEOUT: 'soon' will not do", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_hang_up_never_ends_a_server_though_it_has_no_files_to_read_again()
    {
        await using ParleyServer server = await ParleyServer.StartAsync();
        using Chatter person = await Chatter.JoinAsync(server.LinesPort);

        server.Signal(Signals.HangUp);
        await person.SayAndHearAsync("still here");
        server.Signal(Signals.HangUp);
        await person.SayAndHearAsync("and here");

        await server.StopAsync();
        await person.Heard.SkipToAsync("the farewell", line => line == "Server is shutting down");
    }

    [Fact]
    public async Task A_hang_up_ends_no_server_that_has_only_begun_to_start()
    {
        await using ChildProcess process = ParleyBinary.Run("serve", "--lines", "127.0.0.1:0", "--addressed", "127.0.0.1:0");
        await process.Output.SkipToAsync("the first listener", line => line.StartsWith("lines", StringComparison.Ordinal));
        process.Signal(Signals.HangUp);
        await process.Output.SkipToAsync("ready");

        process.Signal(Signals.Terminate);
        Assert.Equal(0, await process.ExitAsync());
    }

    [Fact]
    public async Task An_option_that_there_is_not_is_named()
    {
        await using ChildProcess server = ParleyBinary.Run("serve", "--max-lime-bytes", "1000");

        Assert.Equal(2, await server.ExitAsync());
        await server.Errors.SkipToAsync("--max-lime-bytes", line => line.Contains("--max-lime-bytes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_help_lists_every_setting()
    {
        await using ChildProcess help = ParleyBinary.Run("serve", "--help");

        Assert.Equal(0, await help.ExitAsync());
        while (await help.Output.NextAsync() is not null)
        {
        }

        string[] options = [.. help.Output.All.Select(line => line.TrimStart().Split(' ', 2)[0]).Where(word => word.StartsWith("--", StringComparison.Ordinal))];
        Assert.All(Settings, setting => Assert.Contains("--" + setting, options));
        Assert.Empty(options.Except(["--config", "--log-format", "--log-level", .. Settings.Select(setting => "--" + setting)]));
    }

    [Fact]
    public async Task Settings_come_from_the_environment()
    {
        await using ParleyServer server = await StartAsync(new() { ["PARLEY_MAX_LINE_BYTES"] = "100" });

        Assert.Equal(100, await LineLimitOfAsync(server));
    }

    [Fact]
    public async Task Settings_come_from_parley_json_in_the_current_folder()
    {
        using Folder folder = new();
        folder.Write("parley.json", new { maxLineBytes = 101, addressed = "127.0.0.1:0" });

        await using ParleyServer server = await StartAsync(new(), folder);

        Assert.Equal(101, await LineLimitOfAsync(server));
    }

    [Fact]
    public async Task Settings_come_from_a_file_that_is_named()
    {
        using Folder folder = new();
        string file = folder.Write("mine.json", new { maxLineBytes = 102 });

        await using ParleyServer server = await StartAsync(new(), folder: null, "--config", file);

        Assert.Equal(102, await LineLimitOfAsync(server));
    }

    [Fact]
    public async Task The_command_line_goes_over_the_environment_and_the_environment_over_the_file()
    {
        using Folder folder = new();
        folder.Write("parley.json", new { maxLineBytes = 103 });
        Dictionary<string, string> environment = new() { ["PARLEY_MAX_LINE_BYTES"] = "104" };

        await using ParleyServer overTheFile = await StartAsync(environment, folder);
        await using ParleyServer overBoth = await StartAsync(environment, folder, "--max-line-bytes", "105");

        Assert.Equal(104, await LineLimitOfAsync(overTheFile));
        Assert.Equal(105, await LineLimitOfAsync(overBoth));
    }

    [Fact]
    public async Task A_name_that_no_setting_has_is_told_with_its_file()
    {
        using Folder folder = new();
        string file = folder.Write("mine.json", new { maxLimeBytes = 100 });
        await using ChildProcess server = ParleyBinary.Run("serve", "--config", file);

        Assert.Equal(2, await server.ExitAsync());
        string line = (await server.Errors.NextAsync())!;
        Assert.Contains(file, line);
        Assert.Contains("maxLimeBytes", line);
        await server.Errors.ExpectEndAsync();
    }

    [Fact]
    public async Task A_file_that_is_not_there_or_not_json_is_told()
    {
        using Folder folder = new();
        string broken = folder.WriteText("broken.json", "{ maxLineBytes");
        await using ChildProcess withoutFile = ParleyBinary.Run("serve", "--config", "/nowhere/parley.json");
        await using ChildProcess withBrokenFile = ParleyBinary.Run("serve", "--config", broken);

        Assert.Equal(2, await withoutFile.ExitAsync());
        Assert.Contains("/nowhere/parley.json", await withoutFile.Errors.NextAsync());
        await withoutFile.Errors.ExpectEndAsync();
        Assert.Equal(2, await withBrokenFile.ExitAsync());
        Assert.Contains("broken.json", await withBrokenFile.Errors.NextAsync());
        await withBrokenFile.Errors.ExpectEndAsync();
    }

    private static Task<ParleyServer> StartAsync(Dictionary<string, string> environment, Folder? folder = null, params string[] settings) =>
        ParleyServer.WhenReadyAsync(ChildProcess.Start(
            ParleyBinary.Path,
            ["serve", "--lines", "127.0.0.1:0", "--addressed", "127.0.0.1:0", "--irc", "off", "--http", "off", .. settings],
            environment,
            folder?.Path));

    /// <summary>The error says the limit.</summary>
    private static async Task<int> LineLimitOfAsync(ParleyServer server)
    {
        using Chatter chatter = await Chatter.JoinAsync(server.LinesPort);
        await chatter.SayAsync(new string('x', 1000));
        string answer = (await chatter.Heard.NextAsync())!;
        return int.Parse(answer.Split(' ')[4]);
    }

    private sealed class Folder : IDisposable
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("parley-settings-");

        public string Path => _folder.FullName;

        public string Write(string name, object json) => WriteText(name, JsonSerializer.Serialize(json));

        public string WriteText(string name, string text)
        {
            string file = System.IO.Path.Combine(Path, name);
            File.WriteAllText(file, text);
            return file;
        }

        public void Dispose() => _folder.Delete(recursive: true);
    }
}
