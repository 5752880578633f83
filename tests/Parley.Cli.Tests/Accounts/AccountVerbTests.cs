using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Parley.Cli.Tests.Chat;
using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Storage.Files;
using Parley.Storage.Sqlite;

namespace Parley.Cli.Tests.Accounts;

public sealed partial class AccountVerbTests : IDisposable
{
    private const string Fingerprint = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

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

    [Theory(Timeout = 120_000)]
    [InlineData("password", "battery staple\n", "ann")]
    [InlineData("identity", "", "remove", "ann", "https://id.example", "248")]
    [InlineData("certificate", "", "remove", "ann", Fingerprint)]
    [InlineData("key", "", "remove", "ann", Key)]
    public async Task Another_password_and_a_way_in_that_is_taken_away_log_all_devices_out(string verb, string input, params string[] arguments)
    {
        await DoneAsync("correct horse\n", "add", "ann");
        await DoneAsync("", "identity", "add", "ann", "https://id.example", "248");
        await DoneAsync("", "certificate", "add", "ann", Fingerprint);
        await DoneAsync("", "key", "add", "ann", Key);
        await using (var store = SqliteAccountStore.OpenBesideServer(_directory, create: false))
        {
            var ann = (await store.FindAsync(UserName.TryParse("ann", out var name) ? name : default, Token))!.Account;
            await ((IDeviceStore)store).AddAsync(new Device(ann.Id, "hash", "telephone", default, default, DateTimeOffset.MaxValue), most: 5, Token);
        }

        await DoneAsync(input, [verb, .. arguments]);

        await using var after = SqliteAccountStore.OpenBesideServer(_directory, create: false);
        Assert.Null(await ((IDeviceStore)after).FindAsync("hash", Token));
    }

    [Fact(Timeout = 120_000)]
    public async Task An_account_is_removed_with_its_files()
    {
        await DoneAsync("correct horse\n", "add", "ann");
        await DoneAsync("correct horse\n", "add", "bob");
        var store = DiskFileStore.Open(_directory);
        KeptFile.Of(store, await OwnerAsync("ann"));
        KeptFile.Of(store, await OwnerAsync("ann"));
        var other = KeptFile.Of(store, await OwnerAsync("bob"));

        Assert.Equal("ann removed, with 2 files\n", await DoneAsync("", "remove", "ann", "--yes"));

        Assert.Equal(other, Assert.Single(store.List()).Id);
        Assert.Equal("bob removed, with a file\n", await DoneAsync("", "remove", "bob", "--yes"));
    }

    [Fact(Timeout = 120_000)]
    public async Task An_identity_of_a_provider_is_given_by_issuer_and_subject()
    {
        await DoneAsync("correct horse\n", "add", "ann");
        await DoneAsync("correct horse\n", "add", "bob");

        Assert.Equal("ann logs in as https://id.example 248\n", await DoneAsync("", "identity", "add", "Ann", "https://id.example", "248"));
        Assert.Equal("ann is known by this subject already\n", await FailedAsync("", "identity", "add", "bob", "https://id.example", "248"));
        Assert.Equal(
            "'id.example 248' will not do: give the provider's URL as its tokens have it (iss), and the subject (sub)\n",
            await FailedAsync("", "identity", "add", "ann", "id.example", "248"));
        Assert.Equal("https://id.example 248\n", await DoneAsync("", "identity", "list", "ann"));
        Assert.Equal("ann no longer logs in as https://id.example 248\n", await DoneAsync("", "identity", "remove", "ann", "https://id.example", "248"));
        Assert.Equal("ann is not known by this subject\n", await FailedAsync("", "identity", "remove", "ann", "https://id.example", "248"));
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

    [Fact(Timeout = 120_000)]
    public async Task A_key_of_ssh_is_given_by_file_by_itself_or_to_be_taken_away_by_its_fingerprint()
    {
        var key = $"ssh-ed25519 {Convert.ToBase64String([0, 0, 0, 11, .. "ssh-ed25519"u8, 0, 0, 0, 32, .. new byte[32]])}";
        var file = Path.Combine(_directory, "ann.pub");
        await File.WriteAllTextAsync(file, $"{key} ann@laptop\n", Token);
        var secret = Path.Combine(_directory, "ann");
        await File.WriteAllTextAsync(secret, "-----BEGIN OPENSSH PRIVATE KEY-----\n", Token);
        await DoneAsync("correct horse\n", "add", "ann");

        var added = await DoneAsync("", "key", "add", "Ann", file);
        Assert.Matches("^ann logs in with SHA256:[A-Za-z0-9+/]{43} ann@laptop\n$", added);
        var fingerprint = added.Split(' ')[4];
        Assert.Equal("ann has this key already\n", await FailedAsync("", "key", "add", "ann", key));
        Assert.Equal($"{fingerprint} ann@laptop\n", await DoneAsync("", "key", "list", "ann"));
        Assert.Equal($"ann no longer logs in with {fingerprint}\n", await DoneAsync("", "key", "remove", "ann", fingerprint));
        Assert.Equal("ann does not have this key\n", await FailedAsync("", "key", "remove", "ann", key));
        Assert.Equal("'nowhere' is no public key of SSH, and no file: give the file that ends with .pub\n", await FailedAsync("", "key", "add", "ann", "nowhere"));
        Assert.Equal($"{secret} has no public key of SSH in its first line: give the file that ends with .pub, such as ~/.ssh/id_ed25519.pub\n", await FailedAsync("", "key", "add", "ann", secret));
        Assert.StartsWith("No server answers at ", await FailedAsync("", ["key", "authorized", .. key.Split(' ')]), StringComparison.Ordinal);
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
    [InlineData("'a b' is not the name of a user: give 2 to 20 letters and digits of one script, and - _ [ ] \\ ^ { } | `\nTry: parley account add --help\n", "add", "a b")]
    public async Task Wrong_arguments_exit_with_2_and_say_where_the_help_is(string errors, params string[] arguments)
    {
        using ParleyProcess parley = ParleyProcess.Start(["account", .. arguments]);

        Assert.Equal((2, errors), await parley.ExitAsync());
    }

    private async Task<Identity> OwnerAsync(string name)
    {
        await using var accounts = SqliteAccountStore.OpenBesideServer(_directory, create: false);
        return Identity.Of((await accounts.FindAsync(UserName.TryParse(name, out var user) ? user : default, Token))!.Account.Id);
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
