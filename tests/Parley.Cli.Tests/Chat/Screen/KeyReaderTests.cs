using System.IO.Pipelines;
using Parley.Cli.Chat.Screen.Terminal;
using Parley.TestKit;

namespace Parley.Cli.Tests.Chat.Screen;

public sealed class KeyReaderTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly Pipe _keyboard = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task Escape_alone_is_the_key_only_after_a_moment()
    {
        await using IAsyncEnumerator<KeyPress> keys = Read();
        ValueTask<bool> next = keys.MoveNextAsync();
        await _keyboard.Writer.WriteAsync("\e"u8.ToArray(), Token);
        await _clock.WhenTimerArmedAsync(KeyReader.EscapeDelay);
        Assert.False(next.IsCompleted);

        _clock.Advance(KeyReader.EscapeDelay);

        Assert.True(await next);
        Assert.Equal(new KeyPress(KeyKind.Escape), keys.Current);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_sequence_that_comes_in_two_pieces_is_one_key()
    {
        await using IAsyncEnumerator<KeyPress> keys = Read();
        ValueTask<bool> next = keys.MoveNextAsync();
        await _keyboard.Writer.WriteAsync("\e["u8.ToArray(), Token);
        await _clock.WhenTimerArmedAsync(KeyReader.EscapeDelay);
        await _keyboard.Writer.WriteAsync("A"u8.ToArray(), Token);

        Assert.True(await next);
        Assert.Equal(new KeyPress(KeyKind.Up), keys.Current);
    }

    [Fact(Timeout = 30_000)]
    public async Task The_keys_end_with_the_terminal()
    {
        await using IAsyncEnumerator<KeyPress> keys = Read();
        await _keyboard.Writer.WriteAsync("x"u8.ToArray(), Token);
        await _keyboard.Writer.CompleteAsync();

        Assert.True(await keys.MoveNextAsync());
        Assert.False(await keys.MoveNextAsync());
    }

    private IAsyncEnumerator<KeyPress> Read() => KeyReader.ReadAsync(_keyboard.Reader, _clock, Token).GetAsyncEnumerator(Token);
}
