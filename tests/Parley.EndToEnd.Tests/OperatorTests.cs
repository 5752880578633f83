using Parley.EndToEnd.Tests.Support;

namespace Parley.EndToEnd.Tests;

/// <summary>Operators of the server, from the line that makes one to OPER.</summary>
public sealed class OperatorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => Path.Combine(_folder.Path, "operators");

    [Fact]
    public async Task The_line_that_the_program_writes_lets_somebody_become_an_operator()
    {
        await using ChildProcess verb = ParleyBinary.Run("operator", "ann", "--host", "staff.example.org");
        await verb.SendLineAsync("correct horse");
        string line = Assert.IsType<string>(await verb.Output.NextAsync());
        Assert.Equal(0, await verb.ExitAsync());
        Assert.DoesNotContain("correct", line);
        await File.WriteAllTextAsync(FilePath, line + "\n", TestContext.Current.CancellationToken);

        await using ParleyServer server = await ParleyServer.WhenReadyAsync(ParleyBinary.Run(
            "serve", "--lines", "off", "--addressed", "off", "--irc", "127.0.0.1:0", "--http", "off", "--operators", FilePath));
        using LineSocket ann = await LineSocket.ConnectAsync(server.IrcPort);
        await ann.SendLineAsync("NICK Ann");
        await ann.SendLineAsync("USER ann 0 * :Ann");
        await ann.SendLineAsync("OPER ann :correct horse");

        while (await ann.ReadLineAsync() is { } answer && !answer.Contains(" 396 Ann staff.example.org ", StringComparison.Ordinal))
        {
            Assert.DoesNotContain(" 464 ", answer);
        }
    }

    [Fact]
    public async Task Without_a_password_there_is_no_line()
    {
        await using ChildProcess verb = ParleyBinary.Run("operator", "ann");
        verb.EndInput();

        Assert.Equal(1, await verb.ExitAsync());
        Assert.Equal("There is no password on standard input: write it there, on a line", await verb.Errors.NextAsync());
        await verb.Output.ExpectEndAsync();
    }

    [Theory]
    [InlineData("--operators", "operators: ")]
    [InlineData("--motd", "motd: ")]
    [InlineData("--irc-password", "irc-password: ")]
    public async Task A_file_that_is_not_there_is_told_in_one_line(string setting, string beginning)
    {
        await using ChildProcess server = ParleyBinary.Run("serve", setting, FilePath);

        Assert.Equal(2, await server.ExitAsync());
        Assert.StartsWith(beginning, await server.Errors.NextAsync(), StringComparison.Ordinal);
        await server.Errors.ExpectEndAsync();
    }

    public void Dispose() => _folder.Dispose();
}
