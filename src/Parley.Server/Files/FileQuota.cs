using Microsoft.AspNetCore.Http;
using Parley.Core.Files;
using Parley.Server.Http;
using Parley.Server.Options;

namespace Parley.Server.Files;

/// <summary>Counts what files take up, of each account and in all, those included that are on their way. All guests together are as one account.</summary>
internal sealed class FileQuota(ParleyOptions options)
{
    /// <summary>Uploads of one account at a time.</summary>
    public const int MaxOfOne = 3;

    /// <summary>Uploads at a time.</summary>
    public const int MaxOfAll = 32;

    /// <summary>The least that a file counts: many small ones take up a disk, too.</summary>
    public const long LeastBytes = 4096;

    // Taken with no other.
    private readonly Lock _gate = new();
    private readonly Dictionary<FileId, (long Owner, long Bytes)> _files = [];
    private readonly Dictionary<long, long> _used = [];
    private readonly Dictionary<long, int> _uploads = [];
    private long _total;
    private int _allUploads;

    /// <summary>Bytes that all files take up.</summary>
    public long TotalBytes
    {
        get
        {
            lock (_gate)
            {
                return _total;
            }
        }
    }

    /// <summary>Holds room for an upload, until it is disposed of.</summary>
    /// <exception cref="ProblemException">There is none.</exception>
    public IDisposable Reserve(Uploader uploader, long bytes)
    {
        bytes = Math.Max(bytes, LeastBytes);
        var owner = uploader.QuotaKey;
        lock (_gate)
        {
            if (_uploads.GetValueOrDefault(owner) >= MaxOfOne)
            {
                throw Wait(StatusCodes.Status429TooManyRequests, $"You upload {MaxOfOne} files already: wait until one of them is done");
            }

            if (_allUploads >= MaxOfAll)
            {
                throw Wait(StatusCodes.Status503ServiceUnavailable, $"{MaxOfAll} files are being uploaded already: try again in a moment");
            }

            if (IsOver(options.AccountFilesMegabytes, _used.GetValueOrDefault(owner), bytes))
            {
                throw new ProblemException(
                    StatusCodes.Status507InsufficientStorage,
                    uploader.Identity.IsAccount
                        ? $"Your files have filled the {options.AccountFilesMegabytes} MB that an account may have: delete messages with files first"
                        : $"The files of people without an account have filled the {options.AccountFilesMegabytes} MB that they may have: log in");
            }

            if (IsOver(options.FilesMegabytes, _total, bytes))
            {
                throw new ProblemException(
                    StatusCodes.Status507InsufficientStorage, $"Files have filled the {options.FilesMegabytes} MB that they may have here: ask whoever runs this server");
            }

            Count(owner, bytes, uploads: 1);
        }

        return new Reservation(this, owner, bytes);
    }

    /// <summary>A file is kept.</summary>
    public void Add(StoredFile file)
    {
        var (owner, bytes) = (new Uploader(file.Owner).QuotaKey, Math.Max(file.Bytes, LeastBytes));
        lock (_gate)
        {
            if (_files.TryAdd(file.Id, (owner, bytes)))
            {
                Count(owner, bytes);
            }
        }
    }

    /// <summary>A file is gone.</summary>
    public void Remove(FileId id)
    {
        lock (_gate)
        {
            if (_files.Remove(id, out var counted))
            {
                Count(counted.Owner, -counted.Bytes);
            }
        }
    }

    /// <summary>The files that are counted.</summary>
    public IReadOnlyList<FileId> Counted()
    {
        lock (_gate)
        {
            return [.. _files.Keys];
        }
    }

    private static bool IsOver(int megabytes, long used, long bytes) => megabytes > 0 && used + bytes > megabytes * 1_000_000L;

    private static ProblemException Wait(int status, string detail) => new(new Problem(status, detail) { RetryAfter = TimeSpan.FromSeconds(5) });

    private void Count(long owner, long bytes, int uploads = 0)
    {
        _total += bytes;
        _allUploads += uploads;
        Add(_used, owner, bytes);
        if (uploads != 0)
        {
            _uploads[owner] = _uploads.GetValueOrDefault(owner) + uploads;
            if (_uploads[owner] == 0)
            {
                _uploads.Remove(owner);
            }
        }
    }

    private static void Add(Dictionary<long, long> sums, long key, long bytes)
    {
        var sum = sums.GetValueOrDefault(key) + bytes;
        if (sum == 0)
        {
            sums.Remove(key);
        }
        else
        {
            sums[key] = sum;
        }
    }

    private sealed class Reservation(FileQuota quota, long owner, long bytes) : IDisposable
    {
        private bool _isOver;

        public void Dispose()
        {
            lock (quota._gate)
            {
                if (!_isOver)
                {
                    _isOver = true;
                    quota.Count(owner, -bytes, uploads: -1);
                }
            }
        }
    }
}
