namespace Parley.Core.Delivery;

/// <summary>
/// A place in an outbox whose bytes come later and piece by piece, so that a reader of any speed can be given any amount.
/// What was appended behind it waits.
/// </summary>
/// <remarks>Guarded by the outbox's gate. Whoever opens a hole MUST close it.</remarks>
internal sealed class OutboxHole
{
    private byte[] _bytes = [];
    private int _sent;
    private TaskCompletionSource<bool>? _taken;
    private TaskCompletionSource? _closed;

    /// <summary>True if this is where messages had to be let go, and the reader has not come so far yet.</summary>
    public bool IsGap { get; init; }

    /// <summary>True if a reader that came here was told of the gap.</summary>
    public bool IsReached { get; set; }

    /// <summary>True if nothing more comes.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Bytes that were put in and not sent yet.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(_sent);

    /// <summary>Completes when all that was put in was sent; false if it will not be.</summary>
    public Task<bool> Taken => (_taken ??= new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Completes when nothing more comes.</summary>
    public Task Closed
    {
        get
        {
            _closed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (IsClosed)
            {
                _closed.TrySetResult();
            }

            return _closed.Task;
        }
    }

    /// <summary>Nobody waits until what was put in is sent.</summary>
    public void StopWaiting() => _taken?.TrySetResult(true);

    /// <summary>Puts the next piece in, behind what was not sent yet.</summary>
    public void Fill(byte[] bytes)
    {
        (_bytes, _sent) = (_sent == _bytes.Length ? bytes : [.. Bytes, .. bytes], 0);
        _taken = null;
    }

    /// <summary>Some of the bytes were sent.</summary>
    public void Consume(int sent)
    {
        _sent += sent;
        if (_sent == _bytes.Length)
        {
            _taken?.TrySetResult(true);
        }
    }

    /// <summary>Nothing more comes; what is there is still sent.</summary>
    public void Close()
    {
        IsClosed = true;
        _closed?.TrySetResult();
    }

    /// <summary>Nothing more is sent: whoever waits need not.</summary>
    public void Abandon()
    {
        Close();
        _bytes = [];
        _sent = 0;
        _taken?.TrySetResult(false);
    }
}
