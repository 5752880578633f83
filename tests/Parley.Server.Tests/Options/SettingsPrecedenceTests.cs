using Parley.Server.Options;

namespace Parley.Server.Tests.Options;

public sealed class SettingsPrecedenceTests
{
    [Theory]
    [InlineData("1", "2", "3", 1)]
    [InlineData(null, "2", "3", 2)]
    [InlineData(null, null, "3", 3)]
    [InlineData(null, null, null, 20)]
    [InlineData("1", null, "3", 1)]
    public void The_command_line_goes_over_the_environment_and_that_over_the_file(string? commandLine, string? environment, string? file, int expected)
    {
        using var json = new SettingsFile(file is null ? "{}" : $$"""{ "maxRecipients": {{file}} }""");
        var options = json.Read(
            name => name == "max-recipients" ? commandLine : null,
            name => name == "PARLEY_MAX_RECIPIENTS" ? environment : null);
        Assert.Equal(expected, options.MaxRecipients);
    }

    [Fact]
    public void What_is_wrong_in_a_source_that_is_gone_over_does_not_matter()
    {
        using var json = new SettingsFile("""{ "maxRecipients": "many" }""");
        Assert.Equal(5, json.Read(name => name == "max-recipients" ? "5" : null).MaxRecipients);
    }
}
