using Parley.Conformance.Tests.Support;
using Parley.Core.Accounts;
using Parley.Server.Options;

namespace Parley.Conformance.Tests.Users;

/// <summary>Tests with a server whose operators are <c>root</c> (password <c>correct horse</c>) and <c>staff</c>, who has a host of its own.</summary>
public abstract class OperatorTest : ConformanceTest
{
    private protected const string Password = "correct horse";

    private static readonly string Hash = PasswordVerifier.Create(Password, PasswordVerifier.MinIterations).ToString();

    private protected string Files { get; } = Directory.CreateTempSubdirectory("parley-operators-").FullName;

    private protected string OperatorsFile => Path.Combine(Files, "operators");

    private protected string MotdFile => Path.Combine(Files, "motd");

    private protected static string Line(string name, string host = "") => $"{name} {Hash} {host}".TrimEnd();

    /// <summary>A client that has become an operator.</summary>
    private protected async Task<IrcClient> RaiseAsync(IrcClient client, string name = "root")
    {
        Assert.Contains("381", (await client.AskAsync($"OPER {name} :{Password}")).Commands());
        return client;
    }

    private protected override async Task<IrcServer> StartAsync()
    {
        await File.WriteAllLinesAsync(OperatorsFile, ["# who runs this", "", Line("root"), Line("staff", "staff.example.org")], TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(MotdFile, "Welcome!\n\n   *** have fun ***\n", TestContext.Current.CancellationToken);
        return await IrcServer.StartAsync(Configure);
    }

    private protected virtual void Configure(ParleyOptions options)
    {
        options.Operators = OperatorsFile;
        options.Motd = MotdFile;
    }

    private protected override ValueTask CleanUpAsync()
    {
        Directory.Delete(Files, recursive: true);
        return default;
    }
}
