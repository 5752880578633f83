using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Parley.Core.Files;
using Parley.Server.Http;
using Parley.Server.Options;

namespace Parley.Server.Files;

/// <summary>Takes uploads in: within all limits, with the type that they have, pictures drawn anew. What fails leaves nothing behind.</summary>
internal sealed class FileUploads(
    FileHost host, FileQuota quota, FileReferences references, ParleyOptions options, TimeProvider time, ILogger<FileUploads> logger,
    IFileStore? store = null, IPictureEditor? pictures = null) : IDisposable
{
    // Each takes a processor and a lot of memory.
    private readonly SemaphoreSlim _drawing = new(1);

    /// <summary>Takes a file in.</summary>
    /// <param name="uploader">Who uploads it.</param>
    /// <param name="header">What is said of it.</param>
    /// <param name="body">Its bytes.</param>
    /// <param name="cancellationToken">Whoever uploads it has gone.</param>
    /// <exception cref="ProblemException">It will not do.</exception>
    public async Task<StoredFile> TakeAsync(Uploader uploader, UploadHeader header, Stream body, CancellationToken cancellationToken)
    {
        if (header.Bytes > host.MaxBytes)
        {
            throw TooLarge();
        }

        using var room = quota.Reserve(uploader, header.Bytes ?? host.MaxBytes);
        try
        {
            if (store!.FreeBytes - (header.Bytes ?? host.MaxBytes) < options.FilesReserveMegabytes * 1_000_000L)
            {
                throw NoRoom("the disk is nearly full");
            }

            using var draft = store.Begin();
            var head = await CopyAsync(body, draft.Content, cancellationToken);
            var file = await KeepAsync(draft, uploader, header, head, cancellationToken);
            quota.Add(file);
            references.Expect(file);
            return file;
        }
        catch (FileStoreException e)
        {
            throw NoRoom(e.Message);
        }
    }

    public void Dispose() => _drawing.Dispose();

    /// <summary>Copies all of it, and returns how it begins.</summary>
    private async Task<byte[]> CopyAsync(Stream body, Stream content, CancellationToken cancellationToken)
    {
        var buffer = new byte[64 * 1024];
        var (head, headLength) = (new byte[MediaTypes.HeadBytes], 0);
        var total = 0L;
        while (await body.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            total += read;
            if (total > host.MaxBytes)
            {
                throw TooLarge();
            }

            var beginning = buffer.AsSpan(0, Math.Min(read, head.Length - headLength));
            beginning.CopyTo(head.AsSpan(headLength));
            headLength += beginning.Length;
            try
            {
                await content.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
            catch (IOException e)
            {
                throw new FileStoreException(e.Message, e);
            }
        }

        return total == 0 ? throw new ProblemException(StatusCodes.Status400BadRequest, "The file is empty: there is nothing to keep") : head[..headLength];
    }

    private async Task<StoredFile> KeepAsync(IFileDraft draft, Uploader uploader, UploadHeader header, byte[] head, CancellationToken cancellationToken)
    {
        var type = MediaTypes.Of(head);
        if (header.MediaType.StartsWith("image/", StringComparison.Ordinal) && MediaTypes.IsPicture(header.MediaType) && !MediaTypes.IsPicture(type))
        {
            throw new ProblemException(StatusCodes.Status415UnsupportedMediaType, $"The file is said to be {header.MediaType} and is none: send a picture, or say what it is");
        }

        if (!host.Takes(type))
        {
            throw new ProblemException(StatusCodes.Status415UnsupportedMediaType, $"Files of this type ({type}) are not taken here, only {options.FileTypes}");
        }

        var now = time.GetUtcNow();
        var file = new StoredFile(draft.Id, NameOf(header.Name, type), type, draft.Content.Length, uploader.Identity, now) { UsedSince = now };
        if (!MediaTypes.IsPicture(type) || pictures is null)
        {
            // Without somebody to draw it anew a picture is a file to save.
            file = file with { MediaType = MediaTypes.IsPicture(type) ? MediaTypes.Unknown : type };
            await Task.Run(() => draft.Keep(file, preview: default), CancellationToken.None);
            return file;
        }

        var drawn = await DrawAsync(pictures, draft.Content, cancellationToken);
        file = file with
        {
            Name = NameOf(header.Name, drawn.MediaType),
            MediaType = drawn.MediaType,
            Bytes = drawn.Content.Length + drawn.Preview.Length,
            Width = drawn.Width,
            Height = drawn.Height,
            HasPreview = !drawn.Preview.IsEmpty,
        };
        await Task.Run(() => KeepDrawn(draft, file, drawn), CancellationToken.None);
        return file;
    }

    private async Task<DrawnPicture> DrawAsync(IPictureEditor editor, Stream content, CancellationToken cancellationToken)
    {
        await _drawing.WaitAsync(cancellationToken);
        try
        {
            content.Position = 0;
            return await Task.Run(() => editor.Redraw(content, host.PictureLimits), CancellationToken.None);
        }
        catch (PictureException e)
        {
            throw new ProblemException(e.IsTooLarge ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status415UnsupportedMediaType, e.Message);
        }
        finally
        {
            _drawing.Release();
        }
    }

    private static void KeepDrawn(IFileDraft draft, StoredFile file, DrawnPicture drawn)
    {
        try
        {
            draft.Content.SetLength(0);
            draft.Content.Position = 0;
            draft.Content.Write(drawn.Content.Span);
        }
        catch (IOException e)
        {
            throw new FileStoreException(e.Message, e);
        }

        draft.Keep(file, drawn.Preview);
    }

    /// <summary>A name whose ending says what is shown: others go by it.</summary>
    private static string NameOf(string name, string type)
    {
        if (MediaTypes.EndingOf(type) is not { } ending)
        {
            return name.Length > 0 ? name : type == MediaTypes.Text ? "text.txt" : "file";
        }

        var isFitting = name.EndsWith(ending, StringComparison.OrdinalIgnoreCase) || (type == "image/jpeg" && name.EndsWith(".jpeg", StringComparison.OrdinalIgnoreCase));
        var stem = Path.GetFileNameWithoutExtension(name);
        return isFitting ? name : (stem.Length > 0 ? stem : "picture") + ending;
    }

    private ProblemException TooLarge()
        => new(StatusCodes.Status413PayloadTooLarge, $"The file is too large (at most {options.MaxFileMegabytes} MB)");

    private ProblemException NoRoom(string reason)
    {
        Log.FileNotKept(logger, reason);
        return new ProblemException(StatusCodes.Status507InsufficientStorage, "There is no room for the file on the server: try again later, or ask whoever runs it");
    }
}
