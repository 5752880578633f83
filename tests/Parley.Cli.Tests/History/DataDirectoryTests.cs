using Parley.Cli.Data;

namespace Parley.Cli.Tests.History;

public sealed class DataDirectoryTests
{
    [Theory]
    [InlineData("linux", "/here/parley-data")]
    [InlineData("linux", "/ann/.local/share/parley", "HOME=/ann")]
    [InlineData("linux", "/data/parley", "HOME=/ann", "XDG_DATA_HOME=/data")]
    [InlineData("linux", "/ann/.local/share/parley", "HOME=/ann", "XDG_DATA_HOME=relative")]
    [InlineData("linux", "/ann/.local/share/parley", "HOME=/ann", "XDG_DATA_HOME=")]
    [InlineData("macos", "/ann/Library/Application Support/parley", "HOME=/ann", "XDG_DATA_HOME=/data")]
    [InlineData("macos", "/here/parley-data", "HOME=")]
    [InlineData("windows", "/local/parley", "LOCALAPPDATA=/local", "HOME=/ann")]
    [InlineData("windows", "/here/parley-data")]
    public void Data_is_where_the_system_has_that_of_a_users_programs(string system, string expected, params string[] variables)
    {
        var environment = variables.Select(variable => variable.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

        string directory = DataDirectory.Choose(
            name => environment.GetValueOrDefault(name), system == "windows", system == "macos", "/here");

        Assert.Equal(expected, directory.Replace('\\', '/'));
    }
}
