using Parley.Server.Hosting;
using Parley.Server.Options;
using Parley.Server.Tests.Support;

namespace Parley.Server.Tests.Options;

public sealed class SettingsTemplateTests
{
    [Fact]
    public void A_template_has_every_setting_and_changes_none()
    {
        var template = SettingsTemplate.Write(new Dictionary<string, string>());
        Assert.All(Setting.All, setting => Assert.Contains($"  // \"{setting.JsonName}\": ", template, StringComparison.Ordinal));
        Assert.Empty(SettingsChange.Between(new ParleyOptions(), Read(template)));
    }

    [Fact]
    public void Every_line_of_it_can_be_used_as_it_stands()
    {
        var template = SettingsTemplate.Write(new Dictionary<string, string>());
        // All but one: whoever asks for TLS has to have a certificate.
        var used = template.Replace("  // \"", "  \"", StringComparison.Ordinal).Replace("  \"ircs\"", "  // \"ircs\"", StringComparison.Ordinal);
        Assert.Empty(SettingsChange.Between(new ParleyOptions(), Read(used)));
    }

    [Fact]
    public void Settings_that_are_given_stand_in_it()
    {
        var options = Read(SettingsTemplate.Write(new Dictionary<string, string> { ["max-line-bytes"] = "1000", ["data"] = "/var/lib/\"x\"" }));
        Assert.Equal((1000, "/var/lib/\"x\""), (options.MaxLineBytes, options.Data));
    }

    private static ParleyOptions Read(string text)
    {
        using var file = new TemporaryFile(text);
        return SettingsReader.Read(_ => null, _ => null, file.Path);
    }
}
