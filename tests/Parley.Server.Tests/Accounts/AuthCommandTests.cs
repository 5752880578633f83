using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Parley.Core.Accounts;
using Parley.Core.Names;
using Parley.Server.Accounts;
using Parley.Server.Accounts.Outside;
using Parley.Server.Options;
using Parley.Server.Tests.Support;
using Parley.TestKit;

namespace Parley.Server.Tests.Accounts;

/// <summary>A program that decides on passwords, as real shells run it.</summary>
public sealed class AuthCommandTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("parley-auth-").FullName;
    private readonly ManualTimeProvider _time = new();
    private readonly CollectedLog _log = new();
    private readonly MemoryAccountStore _store = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static UserName Ann => TestAccounts.User("Ann");

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task The_program_reads_name_and_password_and_its_exit_code_decides()
    {
        using var command = Command("read name; read password; [ \"$name $password\" = 'Ann correct horse' ]");

        Assert.True(await command.VouchesForAsync(Ann, "correct horse", Token));
        Assert.False(await command.VouchesForAsync(Ann, "wrong horse", Token));
        Assert.False(await command.VouchesForAsync(TestAccounts.User("Bob"), "correct horse", Token));
    }

    [Theory]
    [InlineData("exit 2", "exit code 2: ")]
    [InlineData("echo 'no directory server' >&2; exit 75", "exit code 75: no directory server")]
    [InlineData("kill -9 $$", "exit code 137: ")]
    public async Task Another_end_decides_nothing_and_the_log_says_why(string script, string reason)
    {
        using var command = Command(script);

        var failure = await Assert.ThrowsAsync<AuthCommandException>(() => command.VouchesForAsync(Ann, "x", Token));

        Assert.Equal(reason, failure.Message);
        Assert.Contains(_log.Entries, entry => entry.Id == 703 && entry.Message.EndsWith(reason, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_program_that_is_not_there_decides_nothing()
    {
        using var command = new AuthCommand(new ParleyOptions { AuthCommand = "/nowhere/auth" }, _time, new Logger<AuthCommand>(_log));

        Assert.StartsWith("it cannot be started", (await Assert.ThrowsAsync<AuthCommandException>(() => command.VouchesForAsync(Ann, "x", Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_takes_too_long_is_killed_with_what_it_has_started()
    {
        using var command = Command("sleep 1000 & echo $! > child; echo $$ > parent; wait");
        var asked = command.VouchesForAsync(Ann, "x", Token);
        var parent = await NumberInAsync("parent");

        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("it has not decided within 10 s", (await Assert.ThrowsAsync<AuthCommandException>(() => asked)).Message);
        await GoneAsync(parent);
        await GoneAsync(await NumberInAsync("child"));
    }

    [Fact]
    public async Task A_program_is_killed_when_its_client_goes()
    {
        using var command = Command("echo $$ > parent; sleep 1000");
        using var client = new CancellationTokenSource();
        var asked = command.VouchesForAsync(Ann, "x", client.Token);
        var parent = await NumberInAsync("parent");

        await client.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        await GoneAsync(parent);
    }

    [Fact]
    public async Task What_a_program_writes_holds_nobody_up_and_is_not_kept()
    {
        using var command = Command("head -c 3000000 /dev/zero; head -c 3000000 /dev/zero | tr '\\0' x >&2; exit 3");

        var failure = await Assert.ThrowsAsync<AuthCommandException>(() => command.VouchesForAsync(Ann, "x", Token));

        Assert.Equal("exit code 3: " + new string('x', 4096), failure.Message);
    }

    [Fact]
    public async Task A_program_that_reads_nothing_decides_all_the_same()
    {
        using var command = Command("exec <&-; exit 0");

        Assert.True(await command.VouchesForAsync(Ann, new string('x', 300), Token));
    }

    [Fact]
    public async Task So_many_run_at_a_time_and_the_next_waits_within_its_time()
    {
        // Each says that it has begun, and ends when it is told to.
        using var command = Command("mkfifo go.$$; echo $$ >> begun; read x < go.$$", processes: 2);
        var asked = Enumerable.Range(0, 3).Select(_ => command.VouchesForAsync(Ann, "x", Token)).ToList();
        var begun = await LinesInAsync("begun", 2);

        await File.WriteAllTextAsync(Path.Combine(_directory, "go." + begun[0]), "\n", Token);
        Assert.True(await await Task.WhenAny(asked));
        begun = await LinesInAsync("begun", 3);

        Assert.Equal(3, begun.Length);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(2, (await Task.WhenAll(asked.Select(async each => await Record.ExceptionAsync(() => each)))).OfType<AuthCommandException>().Count());
    }

    [Fact]
    public async Task A_program_sees_no_setting_of_the_server()
    {
        Environment.SetEnvironmentVariable("PARLEY_TEST_SECRET", "hunter2");
        using var command = Command("! env | grep -q PARLEY_");

        Assert.True(await command.VouchesForAsync(Ann, "x", Token));
        Environment.SetEnvironmentVariable("PARLEY_TEST_SECRET", null);
    }

    [Theory]
    [InlineData("correct horse\nAnn")]
    [InlineData("correct\0horse")]
    [InlineData("")]
    public async Task A_password_that_would_be_more_than_a_line_is_wrong_without_the_program(string password)
    {
        var accounts = Accounts("touch asked", OutsideAccountPolicy.Create);

        Assert.Null(await accounts.VerifyPasswordAsync(Ann, password, Token));
        Assert.Null(await accounts.VerifyPasswordAsync(default, "correct horse", Token));

        Assert.False(File.Exists(Path.Combine(_directory, "asked")));
    }

    [Fact]
    public async Task Accounts_have_to_exist_unless_the_settings_say_otherwise()
    {
        Assert.Null(await Accounts("exit 0", OutsideAccountPolicy.Existing).VerifyPasswordAsync(Ann, "x", Token));
        Assert.Contains(_log.Entries, entry => entry.Id == 704);
        Assert.Empty(await _store.ListAsync(Token));

        var made = await Accounts("exit 0", OutsideAccountPolicy.Create).VerifyPasswordAsync(Ann, "x", Token);

        Assert.Equal(made, await Accounts("exit 0", OutsideAccountPolicy.Existing).VerifyPasswordAsync(TestAccounts.User("ANN"), "y", Token));
        Assert.Equal([made!], await _store.ListAsync(Token));
    }

    [Fact]
    public async Task Nobody_registers_or_sets_a_password_where_a_program_decides()
    {
        var accounts = Accounts("exit 0", OutsideAccountPolicy.Create);

        Assert.Equal(AccountRefusalKind.RegistrationClosed, (await accounts.RegisterAsync(Ann, "correct horse", cancellationToken: Token))?.Kind);
        Assert.Equal(AccountRefusalKind.KeptElsewhere, (await accounts.ChangePasswordAsync(Ann, "correct horse", Token))?.Kind);
    }

    [Fact]
    public async Task A_password_that_nobody_sets_here_proves_nothing_of_the_sessions_of_a_token()
    {
        var options = RealServer.FreePorts();
        (options.AuthCommand, options.OutsideAccounts) = (Script("exit 0"), OutsideAccountPolicy.Create);
        await using var server = await RealServer.StartAsync(options);
        using var http = server.Http();
        using var login = await http.PostAsync("/account/login", Json("""{"account":"Ann","password":"correct horse"}"""), Token);
        var token = (string)JsonNode.Parse(await login.Content.ReadAsStringAsync(Token))!["token"]!;
        await using var ann = await ScriptedClient.ConnectAsync(server.AddressOf("lines"));
        await ann.SendLinesAsync("/login Ann", token);
        await ann.ReadUntilAsync("You are logged in as Ann");

        http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var refused = await http.PostAsync("/account/password", Json("""{"password":"correct horse","newPassword":"battery staple"}"""), Token);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        await ann.SendLineAsync("/account token");
        await ann.ReadUntilAsync("A token has logged you in, and makes no other: log in with the password first");
    }

    [Fact]
    public async Task The_program_is_asked_for_the_account_by_its_own_name()
    {
        await _store.TryCreateAsync(new AccountCredentials(new Account(AccountId.New(), TestAccounts.User("Dora"), default), PasswordVerifier.WithoutPassword(TestAccounts.Iterations)), Token);
        var accounts = Accounts("read name; echo $name >> asked; [ $name = DORA ]", OutsideAccountPolicy.Create);

        Assert.Null(await accounts.VerifyPasswordAsync(TestAccounts.User("DORA"), "x", Token));

        Assert.Equal(["Dora"], await LinesInAsync("asked", 1));
    }

    [Fact]
    public async Task An_account_that_is_made_while_the_program_decides_is_asked_for_by_its_own_name()
    {
        var accounts = Accounts("read name; [ -e go ] || mkfifo go; echo $name >> asked; [ $name = Dora ] || read x < go; [ $name = DORA ]", OutsideAccountPolicy.Create);
        var asking = accounts.VerifyPasswordAsync(TestAccounts.User("DORA"), "x", Token).AsTask();
        await LinesInAsync("asked", 1);
        await _store.TryCreateAsync(new AccountCredentials(new Account(AccountId.New(), TestAccounts.User("Dora"), default), PasswordVerifier.WithoutPassword(TestAccounts.Iterations)), Token);

        await File.WriteAllTextAsync(Path.Combine(_directory, "go"), "\n", Token);

        Assert.Null(await asking);
        Assert.Equal(["DORA", "Dora"], await LinesInAsync("asked", 2));
    }

    [Fact]
    public async Task An_account_that_is_made_takes_its_name_from_a_guest_and_not_from_whoever_logs_in()
    {
        var options = RealServer.FreePorts();
        (options.AuthCommand, options.OutsideAccounts) = (Script("exit 0"), OutsideAccountPolicy.Create);
        await using var server = await RealServer.StartAsync(options);
        await using var guest = await server.EnterAsync("Ann");
        await using var bob = await server.EnterAsync("Bob");
        using var http = server.Http();

        using var login = await http.PostAsync("/account/login", Json("""{"account":"Ann","password":"correct horse"}"""), Token);
        await bob.SendLinesAsync("/login Bob", "correct horse");

        Assert.Equal(HttpStatusCode.OK, login.StatusCode);
        await guest.ReadUntilContainsAsync("Ann is now ");
        Assert.DoesNotContain(await bob.ReadUntilAsync("You are logged in as Bob"), line => line.Contains("Bob is now ", StringComparison.Ordinal));
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private AccountService Accounts(string script, OutsideAccountPolicy policy)
    {
        var options = new ParleyOptions { AuthCommand = Script(script), OutsideAccounts = policy };
        return new AccountService(_store, options, _time, TestAccounts.Iterations)
        {
            Elsewhere = new PasswordsElsewhere(new AuthCommand(options, _time, new Logger<AuthCommand>(_log)), options, new Logger<PasswordsElsewhere>(_log)).VerifyAsync,
        };
    }

    private AuthCommand Command(string script, int processes = 4)
        => new(new ParleyOptions { AuthCommand = Script(script), AuthCommandProcesses = processes }, _time, new Logger<AuthCommand>(_log));

    private string Script(string script)
    {
        var file = Path.Combine(_directory, "auth");
        File.WriteAllText(file, $"#!/bin/sh\ncd '{_directory}'\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return file;
    }

    private async Task<int> NumberInAsync(string file) => int.Parse((await LinesInAsync(file, 1))[0], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The lines of a file, as soon as it has so many.</summary>
    private async Task<string[]> LinesInAsync(string file, int count)
    {
        using var watch = new FileSystemWatcher(_directory);
        using var changed = new SemaphoreSlim(0);
        watch.Changed += (_, _) => changed.Release();
        watch.Created += (_, _) => changed.Release();
        watch.EnableRaisingEvents = true;
        while (true)
        {
            var path = Path.Combine(_directory, file);
            var text = File.Exists(path) ? await File.ReadAllTextAsync(path, Token) : "";
            if (text.Count(character => character == '\n') >= count)
            {
                return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            }

            await changed.WaitAsync(Token).WithinSafetyAsync();
        }
    }

    private static async Task GoneAsync(int process)
    {
        try
        {
            using var still = System.Diagnostics.Process.GetProcessById(process);
            await still.WaitForExitAsync(Token).WithinSafetyAsync();
        }
        catch (ArgumentException)
        {
            // Gone already.
        }
    }
}
