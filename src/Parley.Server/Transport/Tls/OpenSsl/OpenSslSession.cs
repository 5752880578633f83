using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using Parley.Server.Transport.Loop;

namespace Parley.Server.Transport.Tls.OpenSsl;

/// <summary>
/// TLS on a socket of a loop: decrypts what the loop receives, encrypts on whichever thread has something to send, one record a batch. Holds no
/// buffer while there is nothing to do.
/// </summary>
/// <remarks>OpenSSL takes one call a session at a time. What it writes goes to the socket at once; what that does not take waits here, and nothing more is encrypted meanwhile.</remarks>
internal sealed unsafe class OpenSslSession : ISocketLayer, IDisposable
{
    private const int RecordBytes = 16 * 1024;
    private const int ReceiveBytes = 68 * 1024;

    /// <summary>More than a record and what the handshake writes: past this, the client has the server answer and does not read.</summary>
    private const int MaxPendingBytes = 256 * 1024;

    private const int ErrorWantsRead = 2;
    private const int ErrorClosed = 6;
    private const int DigestBytes = 32;

    /// <summary>EPROTO: what came is no TLS.</summary>
    private const int ProtocolError = 71;

    [ThreadStatic]
    private static byte[]? _threadBuffer;

    private readonly int _descriptor;

    // Lock tier 4: only the output's gate is taken inside. Held while OpenSSL works on records, which takes microseconds; nobody waits for it during the handshake.
    private readonly Lock _gate = new();

    // Lock tier 5: nothing is taken inside. Guards what follows.
    private readonly Lock _outputGate = new();
    private byte[]? _pending;
    private int _pendingStart;
    private int _pendingEnd;
    private TaskCompletionSource? _flushed;
    private volatile bool _isBroken;

    private nint _session;
    private byte[]? _early;
    private bool _isClosed;
    private bool _isFailed;
    private bool _hasDecrypted;

    public OpenSslSession(OpenSslContext context, int descriptor)
    {
        (Context, _descriptor) = (context, descriptor);
        _session = context.CreateSession();
        var bio = OpenSslBio.Create();
        OpenSslLibrary.SSL_set_bio(_session, bio, bio);
        OpenSslLibrary.SSL_set_accept_state(_session);
    }

    /// <summary>The terms it was begun on.</summary>
    public OpenSslContext Context { get; }

    private bool HasPending => Volatile.Read(ref _pending) is not null;

    /// <summary>Goes on with the handshake. It may take milliseconds, and MUST NOT be called on a loop. True: it is done.</summary>
    /// <exception cref="AuthenticationException">There is no agreement; the client was told why.</exception>
    public bool Handshake(ReadOnlySpan<byte> received)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_session == 0, this);
            fixed (byte* input = received)
            {
                OpenSslBio.Begin(this, input, received.Length);
                try
                {
                    OpenSslLibrary.ERR_clear_error();
                    var result = OpenSslLibrary.SSL_do_handshake(_session);
                    if (result != 1 && OpenSslLibrary.SSL_get_error(_session, result) != ErrorWantsRead)
                    {
                        throw new AuthenticationException(OpenSslLibrary.TakeError() ?? "the connection broke");
                    }

                    KeepUnread(received);
                    return result == 1;
                }
                finally
                {
                    OpenSslBio.End();
                }
            }
        }
    }

    /// <summary>Returns what was agreed in the handshake: the protocol, the cipher, and the fingerprint of the client's certificate, if it has shown one.</summary>
    public (string Protocol, string Cipher, string? ClientFingerprint) Agreement()
    {
        lock (_gate)
        {
            return (
                string.Intern(Marshal.PtrToStringUTF8(OpenSslLibrary.SSL_get_version(_session)) ?? ""),
                string.Intern(Marshal.PtrToStringUTF8(OpenSslLibrary.SSL_CIPHER_standard_name(OpenSslLibrary.SSL_get_current_cipher(_session))) ?? ""),
                ClientFingerprint());
        }
    }

    /// <summary>Encrypts and sends as many bytes as go now; less than 0 if the connection is gone.</summary>
    public int Write(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            var taken = 0;
            while (taken < bytes.Length && _session != 0 && !_isBroken && !HasPending)
            {
                var length = Math.Min(bytes.Length - taken, RecordBytes);
                fixed (byte* start = bytes[taken..])
                {
                    OpenSslBio.Begin(this, null, 0);
                    OpenSslLibrary.ERR_clear_error();
                    _isBroken |= OpenSslLibrary.SSL_write(_session, start, length) != length;
                    OpenSslBio.End();
                }

                taken += length;
            }

            return _isBroken || _session == 0 ? -1 : taken;
        }
    }

    /// <inheritdoc/>
    public int Receive(Span<byte> buffer, out bool hasMore)
    {
        lock (_gate)
        {
            hasMore = false;
            if (_session == 0 || _isFailed)
            {
                return -ProtocolError;
            }

            if (_isClosed)
            {
                return 0;
            }

            var received = _threadBuffer ??= GC.AllocateUninitializedArray<byte>(ReceiveBytes);
            var length = 0;
            if (_early is { } early)
            {
                early.CopyTo(received, 0);
                (length, _early, hasMore) = (early.Length, null, true);
            }
            else if (!_hasDecrypted)
            {
                length = Libc.Receive(_descriptor, received);
                if (length <= 0)
                {
                    // Many clients end without a word inside TLS. Lines have ends of their own.
                    return length;
                }

                hasMore = length == received.Length;
            }

            var decrypted = Decrypt(received.AsSpan(0, length), buffer);
            hasMore |= _early is not null || _hasDecrypted;
            if (decrypted > 0)
            {
                hasMore |= _isClosed || _isFailed;
                return decrypted;
            }

            // Not another round here, whatever there is: the other connections come first.
            hasMore = !_isClosed && !_isFailed;
            return _isFailed ? -ProtocolError : _isClosed ? 0 : -Libc.Again;
        }
    }

    /// <inheritdoc/>
    public void OnWritable()
    {
        lock (_outputGate)
        {
            if (_pending is null)
            {
                return;
            }

            var sent = Send(_pending.AsSpan(_pendingStart, _pendingEnd - _pendingStart));
            _pendingStart += sent;
            if (_isBroken || _pendingStart == _pendingEnd)
            {
                ReleasePending();
            }
        }
    }

    /// <summary>Tells the client that nothing follows, and completes when all is with the system or the connection is gone.</summary>
    public Task FinishAsync()
    {
        lock (_gate)
        {
            if (_session != 0 && !_isBroken && !_isFailed)
            {
                OpenSslBio.Begin(this, null, 0);
                OpenSslLibrary.ERR_clear_error();
                _ = OpenSslLibrary.SSL_shutdown(_session);
                OpenSslBio.End();
            }
        }

        lock (_outputGate)
        {
            if (_pending is null)
            {
                return Task.CompletedTask;
            }

            _flushed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _flushed.Task;
        }
    }

    /// <summary>Called back by OpenSSL with what it has to send.</summary>
    public void Emit(ReadOnlySpan<byte> bytes)
    {
        lock (_outputGate)
        {
            var rest = bytes[(_pending is null ? Send(bytes) : 0)..];
            if (_isBroken || rest.IsEmpty)
            {
                return;
            }

            var waiting = _pendingEnd - _pendingStart;
            if (waiting + rest.Length > MaxPendingBytes)
            {
                _isBroken = true;
                ReleasePending();
                return;
            }

            var pending = ArrayPool<byte>.Shared.Rent(waiting + rest.Length);
            if (_pending is not null)
            {
                _pending.AsSpan(_pendingStart, waiting).CopyTo(pending);
                ArrayPool<byte>.Shared.Return(_pending);
            }

            rest.CopyTo(pending.AsSpan(waiting));
            (_pendingStart, _pendingEnd) = (0, waiting + rest.Length);
            Volatile.Write(ref _pending, pending);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            // With it goes what it reads from and writes to.
            OpenSslLibrary.SSL_free(_session);
            (_session, _early) = (0, null);
        }

        lock (_outputGate)
        {
            _isBroken = true;
            ReleasePending();
        }
    }

    /// <summary>Bytes that the socket took; notes that it is gone.</summary>
    private int Send(ReadOnlySpan<byte> bytes)
    {
        var sent = Libc.Send(_descriptor, bytes);
        if (sent >= 0)
        {
            return sent;
        }

        _isBroken |= sent is not (-Libc.Again or -Libc.Interrupted);
        return 0;
    }

    private void ReleasePending()
    {
        if (_pending is not null)
        {
            ArrayPool<byte>.Shared.Return(_pending);
            Volatile.Write(ref _pending, null);
            (_pendingStart, _pendingEnd) = (0, 0);
        }

        _flushed?.TrySetResult();
    }

    /// <summary>Bytes that were decrypted; what finds no room waits.</summary>
    private int Decrypt(ReadOnlySpan<byte> received, Span<byte> buffer)
    {
        var decrypted = 0;
        fixed (byte* input = received)
        fixed (byte* output = buffer)
        {
            OpenSslBio.Begin(this, input, received.Length);
            OpenSslLibrary.ERR_clear_error();
            while (decrypted < buffer.Length && (OpenSslBio.Unread > 0 || OpenSslLibrary.SSL_pending(_session) > 0))
            {
                var result = OpenSslLibrary.SSL_read(_session, output + decrypted, buffer.Length - decrypted);
                if (result <= 0)
                {
                    var error = OpenSslLibrary.SSL_get_error(_session, result);
                    (_isClosed, _isFailed) = (error == ErrorClosed, error is not (ErrorClosed or ErrorWantsRead));
                    break;
                }

                decrypted += result;
            }

            _hasDecrypted = OpenSslLibrary.SSL_pending(_session) > 0;
            KeepUnread(received);
            OpenSslBio.End();
        }

        return decrypted;
    }

    private void KeepUnread(ReadOnlySpan<byte> received)
    {
        if (OpenSslBio.Unread is > 0 and var unread)
        {
            _early = received[^unread..].ToArray();
        }
    }

    private string? ClientFingerprint()
    {
        var certificate = OpenSslLibrary.SSL_get1_peer_certificate(_session);
        if (certificate == 0)
        {
            return null;
        }

        Span<byte> digest = stackalloc byte[DigestBytes];
        fixed (byte* start = digest)
        {
            uint length;
            var isDone = OpenSslLibrary.X509_digest(certificate, OpenSslLibrary.EVP_sha256(), start, &length) == 1;
            OpenSslLibrary.X509_free(certificate);
            return isDone ? Convert.ToHexStringLower(digest) : null;
        }
    }
}
