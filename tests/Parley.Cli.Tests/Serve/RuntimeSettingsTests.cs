using System.Text.Json;

namespace Parley.Cli.Tests.Serve;

/// <summary>What makes the server fast comes with the program: nobody has to set it from outside.</summary>
public sealed class RuntimeSettingsTests
{
    [Theory]
    [InlineData("System.GC.Server", "false")]
    [InlineData("System.GC.Concurrent", "false")]
    [InlineData("System.Runtime.TieredPGO", "false")]
    [InlineData("System.Runtime.TieredCompilation.CallCountingDelayMs", "20")]
    public async Task The_program_sets_the_runtime_up_by_itself(string name, string value)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "parley.runtimeconfig.json");
        using var settings = JsonDocument.Parse(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        var property = settings.RootElement.GetProperty("runtimeOptions").GetProperty("configProperties").GetProperty(name);
        Assert.Equal(value, property.GetRawText());
    }
}
