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
    public async Task An_account_becomes_an_operator_with_the_rights_of_its_class_and_the_line_of_another_names_one()
    {
        await using ChildProcess verb = ParleyBinary.Run("operator", "bob", "--class", "helper");
        await verb.SendLineAsync("correct horse");
        string line = Assert.IsType<string>(await verb.Output.NextAsync());
        Assert.EndsWith(" class=helper", line, StringComparison.Ordinal);
        await File.WriteAllLinesAsync(FilePath, ["class helper kill audit", line], TestContext.Current.CancellationToken);
        await using (ChildProcess add = ParleyBinary.Run("account", "add", "Ann", "--data", _folder.Path))
        {
            await add.SendLineAsync("correct horse battery");
            Assert.Equal(0, await add.ExitAsync());
        }

        Assert.Equal("Ann is no operator", await AnswerAsync(0, "account", "operator", "ann", "--data", _folder.Path));
        Assert.Equal("Ann is an operator of the class helper", await AnswerAsync(0, "account", "operator", "ann", "helper", "--data", _folder.Path));
        Assert.Equal("Ann is an operator of the class helper", await AnswerAsync(0, "account", "operator", "ann", "--data", _folder.Path));
        Assert.Equal("There is no account bob: parley account list says which there are", await AnswerAsync(1, "account", "operator", "bob", "helper", "--data", _folder.Path));
        await AnswerAsync(2, "account", "operator", "ann", "two words", "--data", _folder.Path);

        await using ParleyServer server = await ParleyServer.StartWithHistoryAsync(_folder.Path, "--irc", "127.0.0.1:0", "--operators", FilePath);
        using LineSocket ann = await LineSocket.ConnectAsync(server.IrcPort);
        foreach (string said in new[] { "NICK Ann2", "USER ann 0 * :Ann", "CAP REQ :sasl", "AUTHENTICATE PLAIN", $"AUTHENTICATE {Convert.ToBase64String("\0Ann\0correct horse battery"u8)}", "CAP END", "OPER ann" })
        {
            await ann.SendLineAsync(said);
        }

        while (await ann.ReadLineAsync() is { } answer && !answer.Contains(" 381 ", StringComparison.Ordinal))
        {
            Assert.DoesNotContain(" 464 ", answer);
            Assert.DoesNotContain(" 461 ", answer);
        }

        Assert.Equal("Ann is no operator", await AnswerAsync(0, "account", "operator", "ann", "none", "--data", _folder.Path));
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

    private static async Task<string?> AnswerAsync(int exitCode, params string[] arguments)
    {
        await using ChildProcess verb = ParleyBinary.Run(arguments);
        Assert.True(await verb.ExitAsync() == exitCode, $"{verb}");
        return exitCode == 0 ? await verb.Output.NextAsync() : await verb.Errors.NextAsync();
    }

    public void Dispose() => _folder.Dispose();
}
