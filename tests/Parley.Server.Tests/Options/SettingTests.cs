using Parley.Server.Hosting;
using Parley.Server.Options;

namespace Parley.Server.Tests.Options;

public sealed class SettingTests
{
    [Fact]
    public void The_settings_and_their_defaults_are_these()
        => Assert.Equal(
            [
                "lines 127.0.0.1:42069", "addressed 127.0.0.1:42070", "irc 127.0.0.1:6667", "ircs 127.0.0.1:6697", "lines-tls off", "addressed-tls off", "http 127.0.0.1:8080", "https off", "https-redirect false", "hsts-days 0",
                "http-hosts ", "web-origins ", "web-compression false", "collect off", "collect-room ", "collect-name collector",
                "tls-certificate none", "tls-key none", "acme-webroot none", "sts-days 0", "proxy-from none", "http-proxy-from none", "webirc none", "data default", "database none", "cluster none", "node auto", "cluster-listen auto",
                "history true", "history-events true", "redact-time 24h", "history-replay 20", "history-page 100", "history-days 30", "history-messages 100000", "history-store data", "history-megabytes 10240",
                "history-failure Deliver",
                "max-connections 0", "max-connections-per-address 16", "max-new-connections-per-address 32", "ipv6-site-factor 8", "max-http-connections 0", "max-http-connections-per-address 32", "exempt-loopback true",
                "login-timeout 30s", "login-attempts 3", "accounts Open", "names Strict", "names-charset Unicode", "require-account false", "min-password-length 8",
                "oidc-issuer none", "oidc-audience none", "oidc-keys discovery", "oidc-claim preferred_username", "oidc-client none", "oidc-secret none", "oidc-name none", "oidc-page-days 7", "oidc-timeout 10s", "outside-accounts Existing", "auth-command none", "auth-command-timeout 10s", "auth-command-processes 4",
                "keep-alive 1m", "max-line-bytes 400", "max-outbox-bytes 1048576", "overflow-policy TellAndCatchUp",
                "command-burst 10", "command-rate 5", "byte-burst 262144", "byte-rate 8192", "max-rooms 100", "account-rooms 20", "account-sessions 16", "registered-rooms 10000", "room-roles 100", "max-recipients 20", "client-tag-deny none",
                "server-name parley", "network-name Parley", "motd none", "operators none", "irc-password none", "admin-name none", "admin-email none",
                "irc-ping-interval 40s", "irc-ping-timeout 150s", "services none", "services-from none", "push-endpoints 8", "push-days 30", "push-allow none", "network-icon none", "irc-plain-lines 5", "irc-refused-nicks 20",
                "files Accounts", "files-url none", "max-file-megabytes 10", "file-types *", "account-files-megabytes 200", "files-megabytes 2000", "files-reserve-megabytes 500", "max-picture-megapixels 40", "picture-side 2560", "link-previews false", "link-preview-timeout 5s", "link-preview-kilobytes 256", "link-previews-at-once 4", "link-previews-kept 2000", "admin default", "audit-entries 10000", "reports-per-hour 5", "metrics Open", "otlp environment", "trace-sample 0", "status Loopback", "drain-timeout 10s", "drain-rate 100", "upgrade-timeout 30s",
                "require-email false", "smtp none", "smtp-tls StartTls", "smtp-user none", "smtp-password none", "smtp-timeout 10s", "mail-from none", "mails-per-hour 5", "mail-code-time 1h",
                "invitations 1000", "account-devices 20", "device-days 90", "always-on OptIn", "account-passkeys 10", "web-url none",
            ],
            Setting.All.Select(setting => $"{setting.Name} {setting.Default}"));

    [Fact]
    public void Every_public_property_is_a_setting()
        => Assert.Equal(typeof(ParleyOptions).GetProperties().Length, Setting.All.Count);

    [Fact]
    public void A_setting_has_one_name_in_three_spellings()
    {
        var setting = Setting.All.Single(setting => setting.Name == "max-connections-per-address");
        Assert.Equal("PARLEY_MAX_CONNECTIONS_PER_ADDRESS", setting.EnvironmentVariable);
        Assert.Equal("maxConnectionsPerAddress", setting.JsonName);
    }

    [Fact]
    public void Every_default_can_be_read_back()
    {
        var defaults = new ParleyOptions();
        foreach (var setting in Setting.All)
        {
            var options = new ParleyOptions();
            Assert.Null(setting.Set(options, setting.Default));
            Assert.All(typeof(ParleyOptions).GetProperties(), property => Assert.Equal(property.GetValue(defaults), property.GetValue(options)));
        }
    }

    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("30s", 30_000)]
    [InlineData("30", 30_000)]
    [InlineData("2m", 120_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("0", 0)]
    public void Times_are_whole_numbers_with_a_unit(string text, int milliseconds)
    {
        var options = new ParleyOptions();
        Assert.Null(Drain.Set(options, text));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), options.DrainTimeout);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("1.5s")]
    [InlineData("1 s")]
    [InlineData("1d")]
    [InlineData("99999999999s")]
    [InlineData("2147483647h")]
    [InlineData("1200h")]
    public void Other_times_are_errors_and_so_are_those_that_no_timer_can_hold(string text)
    {
        var options = new ParleyOptions();
        Assert.StartsWith($"'{text}' will not do: give a time such as 500ms, 30s or 2m", Drain.Set(options, text), StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(10), options.DrainTimeout);
    }

    [Theory]
    [InlineData("tellandskip", true)]
    [InlineData("Disconnect", true)]
    [InlineData("drop", false)]
    [InlineData("", false)]
    [InlineData("7", false)]
    [InlineData("1", false)]
    public void Names_of_policies_are_read_without_case_and_numbers_are_not_names(string text, bool good)
    {
        var setting = Setting.All.Single(setting => setting.Name == "overflow-policy");
        var error = setting.Set(new ParleyOptions(), text);
        Assert.Equal(good ? null : $"'{text}' will not do: give one of TellAndCatchUp, TellAndSkip, Disconnect", error);
    }

    [Theory]
    [InlineData("irc.example.org", true)]
    [InlineData("A-Z_09", true)]
    [InlineData("", false)]
    [InlineData("two words", false)]
    [InlineData(":colon", false)]
    [InlineData("ünï", false)]
    public void Names_of_the_server_and_its_network_are_one_word(string text, bool good)
    {
        var setting = Setting.All.Single(setting => setting.Name == "server-name");
        var error = setting.Set(new ParleyOptions(), text);
        Assert.Equal(good ? null : $"'{text}' will not do: give one word of 1 to 63 letters, digits, '.', '-' and '_'", error);
        Assert.NotNull(setting.Set(new ParleyOptions(), new string('x', 64)));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("False", true)]
    [InlineData("on", true)]
    [InlineData("OFF", true)]
    [InlineData("yes", false)]
    [InlineData("1", false)]
    public void Flags_are_true_or_false(string text, bool good)
    {
        var setting = Setting.All.Single(setting => setting.Name == "exempt-loopback");
        Assert.Equal(good ? null : $"'{text}' will not do: give true or false, or on or off", setting.Set(new ParleyOptions(), text));
    }

    [Theory]
    [InlineData("command-burst", "0")]
    [InlineData("command-rate", "0")]
    [InlineData("max-recipients", "0")]
    [InlineData("max-line-bytes", "63")]
    [InlineData("max-line-bytes", "65537")]
    [InlineData("max-outbox-bytes", "4095")]
    [InlineData("max-connections", "-1")]
    [InlineData("max-connections-per-address", "0")]
    [InlineData("max-new-connections-per-address", "x")]
    [InlineData("ipv6-site-factor", "-1")]
    [InlineData("ipv6-site-factor", "65537")]
    public void Numbers_have_bounds_and_the_error_says_them(string name, string text)
    {
        var setting = Setting.All.Single(setting => setting.Name == name);
        Assert.Matches($"^'{text}' will not do: give a whole number from [0-9]+ (up|to [0-9]+)$", setting.Set(new ParleyOptions(), text));
    }

    [Theory]
    [InlineData("", "collector", "collect: say which room the lines go to, with --collect-room ROOM")]
    [InlineData("#ops", "collector", "collect-room: '#ops' will not do: give 2 to 64 bytes of letters, digits and - _ . +")]
    [InlineData("ops", "a b", "collect-name: 'a b' will not do: give 2 to 20 letters and digits of one script, and - _ [ ] \\ ^ { } | `")]
    public void To_collect_takes_a_room_and_a_name(string room, string name, string expected)
    {
        var given = new Dictionary<string, string> { ["collect"] = "127.0.0.1:0", ["collect-room"] = room, ["collect-name"] = name };
        var error = Assert.Single(Assert.Throws<SettingsException>(
            () => SettingsReader.Read(given.GetValueOrDefault, _ => null, null)).Errors);
        Assert.Equal(expected, error);
        given.Remove("collect");
        Assert.NotNull(SettingsReader.Read(given.GetValueOrDefault, _ => null, null));
    }

    private static Setting Drain => Setting.All.Single(setting => setting.Name == "drain-timeout");
}
