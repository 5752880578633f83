namespace Parley.Cli.Tests.History;

public sealed class DataDirectoryTests
{
    [Theory]
    [InlineData("linux", "/here/parley-data")]
    [InlineData("linux", "/home/ann/.local/share/parley", "HOME=/home/ann")]
    [InlineData("linux", "/data/parley", "HOME=/home/ann", "XDG_DATA_HOME=/data")]
    [InlineData("linux", "/home/ann/.local/share/parley", "HOME=/home/ann", "XDG_DATA_HOME=relative")]
    [InlineData("linux", "/home/ann/.local/share/parley", "HOME=/home/ann", "XDG_DATA_HOME=")]
    [InlineData("macos", "/Users/ann/Library/Application Support/parley", "HOME=/Users/ann", "XDG_DATA_HOME=/data")]
    [InlineData("macos", "/here/parley-data", "HOME=")]
    [InlineData("windows", "/local/parley", "LOCALAPPDATA=/local", "HOME=/home/ann")]
    [InlineData("windows", "/here/parley-data")]
    public void Data_is_where_the_system_has_that_of_a_users_programs(string system, string expected, params string[] variables)
    {
        var environment = variables.Select(variable => variable.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);

        string directory = DataDirectory.Choose(
            name => environment.GetValueOrDefault(name), system == "windows", system == "macos", "/here");

        Assert.Equal(expected, directory.Replace('\\', '/'));
    }
}
