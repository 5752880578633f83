using Parley.Cli.Data;
using Parley.Cli.Tests.Chat;
using Parley.Cli.Verbs;
using Parley.Server.Options;

namespace Parley.Cli.Tests.History;

public sealed class DataOptionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("parley-settings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("/line", "/variable", """{ "data": "/file" }""", "/line")]
    [InlineData(null, "/variable", """{ "data": "/file" }""", "/variable")]
    [InlineData(null, "", """{ "data": "/file" }""", "/file")]
    [InlineData(null, null, """{ "Data": "/file", "http": "nonsense" }""", "/file")]
    [InlineData(null, null, """{ "http": "off" }""", null)]
    [InlineData("default", "/variable", "{}", null)]
    [InlineData("/line", null, "no JSON at all", "/line")]
    public void The_command_line_goes_over_the_environment_and_that_over_the_file(string? line, string? variable, string json, string? expected)
        => Assert.Equal(expected ?? DataDirectory.Default, Find(line, variable, json));

    [Theory]
    [InlineData("none", "/variable", "--data")]
    [InlineData(null, "None", "PARLEY_DATA")]
    [InlineData(null, null, "FILE: data")]
    public void A_server_that_keeps_nothing_on_disk_has_no_directory(string? line, string? variable, string source)
    {
        var refused = Assert.Throws<SettingsException>(() => Find(line, variable, """{ "data": "none" }"""));

        Assert.Equal(
            [$"{source}: none means that nothing is kept on disk: name a directory with --data"],
            refused.Errors.Select(error => error.Replace(Path.Combine(_folder, "settings.json"), "FILE", StringComparison.Ordinal)));
    }

    [Fact(Timeout = 120_000)]
    public async Task Verbs_beside_a_server_look_where_it_would()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "parley.json"), """{ "data": "there" }""", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(_folder, "off.json"), """{ "data": "none" }""", TestContext.Current.CancellationToken);

        Assert.Equal((1, "There is no history in there: name the server's data directory with --data\n"), await RunAsync("", "history", "stats"));
        Assert.Equal((1, "There is no history in variable: name the server's data directory with --data\n"), await RunAsync("variable", "history", "stats"));
        Assert.Equal((1, "There are no accounts in there: name the server's data directory with --data\n"), await RunAsync("", "account", "certificate", "list", "ann"));
        Assert.Equal(
            (2, "off.json: data: none means that nothing is kept on disk: name a directory with --data\nTry: parley token list --help\n"),
            await RunAsync("", "token", "list", "--config", "off.json"));
        Assert.Equal((2, "--config: there is no file none.json\nTry: parley hook list --help\n"), await RunAsync("", "hook", "list", "--config", "none.json"));
    }

    private string Find(string? line, string? variable, string json)
    {
        var file = Path.Combine(_folder, "settings.json");
        File.WriteAllText(file, json);
        return DataOption.Find(line, name => name == "PARLEY_DATA" ? variable : null, file);
    }

    private async Task<(int ExitCode, string Errors)> RunAsync(string variable, params string[] arguments)
    {
        using ParleyProcess parley = ParleyProcess.StartIn(_folder, new Dictionary<string, string> { ["PARLEY_DATA"] = variable }, arguments);
        parley.Input.Close();
        return await parley.ExitAsync();
    }
}
