using Parley.Server.Options;

namespace Parley.Server.Tests.Options;

public sealed class SettingTests
{
    [Fact]
    public void The_settings_and_their_defaults_are_these()
        => Assert.Equal(
            [
                "lines 127.0.0.1:42069", "addressed 127.0.0.1:42070", "irc 127.0.0.1:6667", "ircs 127.0.0.1:6697", "http 127.0.0.1:8080", "collect off",
                "tls-certificate none", "tls-key none", "proxy-from none", "webirc none", "data default",
                "history true", "history-replay 20", "history-page 100", "history-days 30", "history-messages 100000", "history-megabytes 0",
                "history-failure Deliver",
                "max-connections 0", "max-connections-per-address 16", "max-new-connections-per-address 32", "exempt-loopback true",
                "login-timeout 30s", "login-attempts 3", "accounts Open", "keep-alive 1m", "max-line-bytes 400", "max-outbox-bytes 1048576", "overflow-policy TellAndCatchUp",
                "command-burst 10", "command-rate 5", "max-recipients 20", "client-tag-deny none", "drain-timeout 10s",
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
    public void Numbers_have_bounds_and_the_error_says_them(string name, string text)
    {
        var setting = Setting.All.Single(setting => setting.Name == name);
        Assert.Matches($"^'{text}' will not do: give a whole number from [0-9]+ (up|to [0-9]+)$", setting.Set(new ParleyOptions(), text));
    }

    [Theory]
    [InlineData("collect", "127.0.0.1:42071")]
    public void What_this_version_does_not_have_is_told_and_not_overlooked(string name, string value)
    {
        var error = Assert.Single(Assert.Throws<SettingsException>(
            () => SettingsReader.Read(asked => asked == name ? value : null, _ => null, null)).Errors);
        Assert.Contains(name + ":", error, StringComparison.Ordinal);
        Assert.Contains("this version", error, StringComparison.Ordinal);
    }

    private static Setting Drain => Setting.All.Single(setting => setting.Name == "drain-timeout");
}
