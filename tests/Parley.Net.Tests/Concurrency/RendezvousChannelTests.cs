using System.Threading.Channels;
using Parley.Net.Concurrency;
using Parley.TestKit;

namespace Parley.Net.Tests.Concurrency;

public sealed class RendezvousChannelTests
{
    private readonly RendezvousChannel<string> _channel = new();

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_write_lasts_until_a_reader_has_the_item()
    {
        ValueTask write = _channel.Writer.WriteAsync("hi", Ending);
        Assert.False(write.IsCompleted);

        Assert.Equal("hi", await _channel.Reader.ReadAsync(Ending));
        await write.AsTask().WithinSafetyAsync();
    }

    [Fact]
    public async Task A_read_lasts_until_a_writer_comes()
    {
        ValueTask<string> read = _channel.Reader.ReadAsync(Ending);
        Assert.False(read.IsCompleted);

        ValueTask write = _channel.Writer.WriteAsync("hi", Ending);
        Assert.True(write.IsCompletedSuccessfully);
        Assert.Equal("hi", await read.AsTask().WithinSafetyAsync());
    }

    [Fact]
    public async Task Those_who_wait_are_served_in_the_order_in_which_they_came()
    {
        Task[] writes = [WriteAsync("first"), WriteAsync("second"), WriteAsync("third")];
        Assert.Equal("first", await _channel.Reader.ReadAsync(Ending));
        Assert.Equal("second", await _channel.Reader.ReadAsync(Ending));
        Assert.Equal("third", await _channel.Reader.ReadAsync(Ending));
        await Task.WhenAll(writes).WithinSafetyAsync();
    }

    [Fact]
    public async Task Trying_succeeds_only_where_the_other_side_waits()
    {
        Assert.False(_channel.Writer.TryWrite("nobody there"));
        Assert.False(_channel.Reader.TryRead(out _));

        Task write = WriteAsync("a");
        Assert.True(_channel.Reader.TryRead(out string? item));
        Assert.Equal("a", item);
        await write.WithinSafetyAsync();

        Task<string> read = _channel.Reader.ReadAsync(Ending).AsTask();
        Assert.True(_channel.Writer.TryWrite("b"));
        Assert.False(_channel.Writer.TryWrite("the reader is gone"));
        Assert.Equal("b", await read.WithinSafetyAsync());
    }

    [Fact]
    public async Task Asking_is_answered_when_the_other_side_commits()
    {
        Task<bool> canRead = _channel.Reader.WaitToReadAsync(Ending).AsTask();
        Assert.False(canRead.IsCompleted);
        Task write = WriteAsync("a");
        Assert.True(await canRead.WithinSafetyAsync());
        Assert.True(_channel.Reader.TryRead(out _));
        await write.WithinSafetyAsync();

        Task<bool> canWrite = _channel.Writer.WaitToWriteAsync(Ending).AsTask();
        Assert.False(canWrite.IsCompleted);
        Task<string> read = _channel.Reader.ReadAsync(Ending).AsTask();
        Assert.True(await canWrite.WithinSafetyAsync());
        Assert.True(_channel.Writer.TryWrite("b"));
        Assert.Equal("b", await read.WithinSafetyAsync());
    }

    [Fact]
    public async Task A_writer_that_only_asks_meets_a_reader_that_reads_all()
    {
        Task<List<string>> all = ReadAllAsync();
        foreach (string item in (string[])["a", "b"])
        {
            do
            {
                Assert.True(await _channel.Writer.WaitToWriteAsync(Ending).AsTask().WithinSafetyAsync());
            }
            while (!_channel.Writer.TryWrite(item));
        }

        _channel.Writer.Complete();
        Assert.Equal(["a", "b"], await all.WithinSafetyAsync());
    }

    [Fact]
    public async Task Completion_is_seen_by_those_who_wait_and_by_those_who_come_later()
    {
        var forReaders = new RendezvousChannel<string>();
        Task waitingWrite = WriteAsync("never taken");
        Task<string> waitingRead = forReaders.Reader.ReadAsync(Ending).AsTask();
        Task<bool> asking = forReaders.Reader.WaitToReadAsync(Ending).AsTask();

        Assert.True(_channel.Writer.TryComplete());
        Assert.False(_channel.Writer.TryComplete());
        forReaders.Writer.Complete();

        await Assert.ThrowsAsync<ChannelClosedException>(waitingWrite.WithinSafetyAsync);
        await Assert.ThrowsAsync<ChannelClosedException>(waitingRead.WithinSafetyAsync);
        Assert.False(await asking.WithinSafetyAsync());
        await Assert.ThrowsAsync<ChannelClosedException>(() => WriteAsync("late"));
        await Assert.ThrowsAsync<ChannelClosedException>(() => _channel.Reader.ReadAsync(Ending).AsTask());
        Assert.False(await _channel.Writer.WaitToWriteAsync(Ending));
        Assert.False(_channel.Reader.TryRead(out _));
        await _channel.Reader.Completion.WithinSafetyAsync();
    }

    [Fact]
    public async Task An_error_given_at_the_end_reaches_both_sides()
    {
        Task<List<string>> all = ReadAllAsync();
        _channel.Writer.Complete(new InvalidDataException("broken"));

        await Assert.ThrowsAsync<InvalidDataException>(all.WithinSafetyAsync);
        await Assert.ThrowsAsync<InvalidDataException>(_channel.Reader.Completion.WithinSafetyAsync);
        var e = await Assert.ThrowsAsync<ChannelClosedException>(() => WriteAsync("late"));
        Assert.IsType<InvalidDataException>(e.InnerException);
        await Assert.ThrowsAsync<InvalidDataException>(() => _channel.Writer.WaitToWriteAsync(Ending).AsTask());
    }

    [Fact]
    public async Task A_cancelled_write_has_transferred_nothing()
    {
        using var timeout = new CancellationTokenSource();
        Task given = _channel.Writer.WriteAsync("given up", timeout.Token).AsTask();
        Task kept = WriteAsync("kept");
        await timeout.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(given.WithinSafetyAsync);
        Assert.Equal("kept", await _channel.Reader.ReadAsync(Ending));
        await kept.WithinSafetyAsync();
    }

    [Fact]
    public async Task A_cancelled_read_takes_nothing()
    {
        using var timeout = new CancellationTokenSource();
        Task<string> given = _channel.Reader.ReadAsync(timeout.Token).AsTask();
        Task<string> kept = _channel.Reader.ReadAsync(Ending).AsTask();
        await timeout.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(given.WithinSafetyAsync);
        Assert.True(_channel.Writer.TryWrite("a"));
        Assert.Equal("a", await kept.WithinSafetyAsync());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _channel.Reader.ReadAsync(timeout.Token).AsTask());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _channel.Writer.WriteAsync("b", timeout.Token).AsTask());
    }

    private Task WriteAsync(string item) => _channel.Writer.WriteAsync(item, Ending).AsTask();

    private async Task<List<string>> ReadAllAsync()
    {
        List<string> all = [];
        await foreach (string item in _channel.Reader.ReadAllAsync(Ending))
        {
            all.Add(item);
        }

        return all;
    }
}
