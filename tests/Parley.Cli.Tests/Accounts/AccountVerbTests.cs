using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Parley.Cli.Tests.Chat;

namespace Parley.Cli.Tests.Accounts;

public sealed partial class AccountVerbTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("parley-accounts-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact(Timeout = 120_000)]
    public async Task An_account_is_added_listed_changed_and_removed()
    {
        Assert.Equal("ann added\n", await DoneAsync("correct horse\n", "add", "ann", "--email", "ann@example.org"));
        Assert.Equal("Bob added\n", await DoneAsync("correct horse", "add", "Bob"));
        Assert.Equal("There is an account BOB already: choose another name\n", await FailedAsync("correct horse\n", "add", "BOB"));
        Assert.Equal(
            "ann                  DAY ann@example.org\nBob                  DAY -\n",
            Day().Replace(await DoneAsync("", "list"), "DAY"));
        Assert.Equal("ann has another password\n", await DoneAsync("battery staple\n", "password", "ANN"));
        Assert.Equal("ann removed\n", await DoneAsync("", "remove", "ann", "--yes"));
        Assert.Equal("There is no account ann: parley account list says which there are\n", await FailedAsync("", "remove", "ann", "--yes"));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_certificate_is_given_by_file_or_by_fingerprint()
    {
        // As weechat and irssi want it: the key, and the certificate after it, in one file.
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=ann", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        var file = Path.Combine(_directory, "ann.pem");
        await File.WriteAllTextAsync(file, $"{key.ExportPkcs8PrivateKeyPem()}\n{certificate.ExportCertificatePem()}\n", Token);
        var digits = certificate.GetCertHashString(HashAlgorithmName.SHA256);
        var printed = string.Join(':', digits.Chunk(2).Select(pair => new string(pair)));
        var small = digits.ToLowerInvariant();
        await DoneAsync("correct horse\n", "add", "ann");

        Assert.Equal($"ann logs in with {small}\n", await DoneAsync("", "certificate", "add", "Ann", file));
        Assert.Equal("ann has this certificate already\n", await FailedAsync("", "certificate", "add", "ann", printed));
        Assert.Equal($"{small}\n", await DoneAsync("", "certificate", "list", "ann"));
        Assert.Equal($"ann no longer logs in with {small}\n", await DoneAsync("", "certificate", "remove", "ann", printed));
        Assert.Equal("ann does not have this certificate\n", await FailedAsync("", "certificate", "remove", "ann", printed));
        Assert.Equal("nowhere is no SHA-256 fingerprint (64 hexadecimal digits), and no file\n", await FailedAsync("", "certificate", "add", "ann", "nowhere"));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_password_that_will_not_do_is_told_and_makes_no_account()
    {
        Assert.Equal("Passwords have at least 8 characters: choose a longer one\n", await FailedAsync("short\n", "add", "ann"));
        Assert.Equal("There is no password on standard input: write it there, on a line\n", await FailedAsync("", "add", "ann"));
        Assert.Equal("", await DoneAsync("", "list"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Where_there_are_no_accounts_it_says_so() =>
        Assert.Equal($"There are no accounts in {_directory}: name the server's data directory with --data\n", await FailedAsync("", "list"));

    [Theory(Timeout = 60_000)]
    [InlineData("This removes an account for good: add --yes\nTry: parley account remove --help\n", "remove", "ann")]
    [InlineData("'a b' is not the name of a user: give 2 to 20 of A-Z a-z 0-9 - _\nTry: parley account add --help\n", "add", "a b")]
    public async Task Wrong_arguments_exit_with_2_and_say_where_the_help_is(string errors, params string[] arguments)
    {
        using ParleyProcess parley = ParleyProcess.Start(["account", .. arguments]);

        Assert.Equal((2, errors), await parley.ExitAsync());
    }

    private async Task<string> DoneAsync(string input, params string[] arguments)
    {
        var (output, exit) = await RunAsync(input, arguments);
        Assert.Equal((0, ""), exit);
        return output;
    }

    private async Task<string> FailedAsync(string input, params string[] arguments)
    {
        var (output, exit) = await RunAsync(input, arguments);
        Assert.Equal((1, ""), (exit.ExitCode, output));
        return exit.Errors;
    }

    private async Task<(string Output, (int ExitCode, string Errors) Exit)> RunAsync(string input, string[] arguments)
    {
        using ParleyProcess parley = ParleyProcess.Start(["account", .. arguments, "--data", _directory]);
        try
        {
            await parley.Input.WriteAsync(input);
            parley.Input.Close();
        }
        catch (IOException)
        {
            // It wanted no input, and has ended.
        }

        var output = await parley.Output.ReadToEndAsync(Token);
        return (output.ReplaceLineEndings("\n"), await parley.ExitAsync());
    }

    [GeneratedRegex("[0-9]{4}-[0-9]{2}-[0-9]{2}")]
    private static partial Regex Day();
}
