using System.Text;
using Parley.Core.Names;
using Parley.Core.Tokens;
using Parley.Storage.Sqlite.Tokens;

namespace Parley.Storage.Sqlite.Tests.Tokens;

/// <summary>A server and an operator's command on one file.</summary>
public sealed class TokenFileTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string File => Path.Combine(_directory.Path, "tokens.db");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_server_makes_no_file_and_sees_the_first_token_as_soon_as_it_is_made()
    {
        using var server = SqliteTokens.Watch(_directory.Path);
        Assert.Null(await server.Tokens.FindAsync(TokenSecret.Hash("one"), Token));
        Assert.Empty(await server.Hooks.ListAsync(Token));
        Assert.False(System.IO.File.Exists(File));

        using var command = SqliteTokens.OpenOrCreate(_directory.Path);
        await AddAsync(command);

        Assert.NotNull(await server.Tokens.FindAsync(TokenSecret.Hash("one"), Token));
    }

    [Fact]
    public async Task What_a_command_revokes_the_server_sees_with_its_next_question()
    {
        using var command = SqliteTokens.OpenOrCreate(_directory.Path);
        await AddAsync(command);
        using var server = SqliteTokens.Watch(_directory.Path);
        Assert.Null((await server.Tokens.FindAsync(TokenSecret.Hash("one"), Token))!.Revoked);

        await command.Tokens.RevokeAsync(Name("CI"), Noon, Token);

        Assert.Equal(Noon, (await server.Tokens.FindAsync(TokenSecret.Hash("one"), Token))!.Revoked);
    }

    [Fact]
    public async Task Tokens_that_are_taken_away_are_none_and_others_in_their_place_count()
    {
        using var server = SqliteTokens.Watch(_directory.Path);
        using (var command = SqliteTokens.OpenOrCreate(_directory.Path))
        {
            await AddAsync(command);
        }

        Assert.NotNull(await server.Tokens.FindAsync(TokenSecret.Hash("one"), Token));

        foreach (var file in Directory.GetFiles(_directory.Path, "tokens.db*"))
        {
            System.IO.File.Delete(file);
        }

        Assert.Null(await server.Tokens.FindAsync(TokenSecret.Hash("one"), Token));
        using (var command = SqliteTokens.OpenOrCreate(_directory.Path))
        {
            await AddAsync(command, "two");
        }

        Assert.Null(await server.Tokens.FindAsync(TokenSecret.Hash("one"), Token));
        Assert.NotNull(await server.Tokens.FindAsync(TokenSecret.Hash("two"), Token));
    }

    [Fact]
    public async Task The_file_has_the_hash_of_a_token_and_not_the_token_and_only_its_owner_reads_it()
    {
        var secret = TokenSecret.Generate();
        using (var command = SqliteTokens.OpenOrCreate(_directory.Path))
        {
            await AddAsync(command, secret);
        }

        var bytes = await System.IO.File.ReadAllBytesAsync(File, Token);
        Assert.True(bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(Convert.ToHexString(TokenSecret.Hash(secret)))) >= 0);
        Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(secret[TokenSecret.Prefix.Length..])));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        }
    }

    [Fact]
    public async Task Answers_and_hooks_are_there_when_the_file_is_opened_again()
    {
        using (var first = SqliteTokens.OpenOrCreate(_directory.Path))
        {
            await first.Answers.AddAsync(new(1, "key", TokenSecret.Hash("x"), Noon, Encoding.UTF8.GetBytes("{}")), Token);
            await first.Hooks.AddAsync(new(new Uri("http://localhost/"), "s", Noon), Token);
        }

        using var second = SqliteTokens.Watch(_directory.Path);
        Assert.NotNull(await second.Answers.FindAsync(1, "key", Noon, Token));
        Assert.Single(await second.Hooks.ListAsync(Token));
    }

    [Fact]
    public async Task A_file_that_is_none_of_ours_is_told_and_left_alone()
    {
        await System.IO.File.WriteAllTextAsync(File, "These are not the tokens that you are looking for, they are a text.", Token);
        using var server = SqliteTokens.Watch(_directory.Path);

        var error = await Assert.ThrowsAsync<TokenStoreException>(async () => await server.Tokens.ListAsync(Token));

        Assert.StartsWith(File, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("These are not", await System.IO.File.ReadAllTextAsync(File, Token), StringComparison.Ordinal);
    }

    private static UserName Name(string name) => UserName.TryParse(name, out var user) ? user : throw new ArgumentException(name, nameof(name));

    private static async Task AddAsync(SqliteTokens store, string secret = "one")
        => Assert.NotNull(await store.Tokens.AddAsync(new(Name("CI"), new TokenScopes { AllRooms = true }, Noon), TokenSecret.Hash(secret), Token));
}
