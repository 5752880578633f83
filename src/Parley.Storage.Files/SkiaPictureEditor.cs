using Parley.Core.Files;
using SkiaSharp;

namespace Parley.Storage.Files;

/// <summary>Draws pictures anew with Skia (https://skia.org), which is what Chromium shows pictures with.</summary>
/// <remarks>
/// The header alone says how large a picture is, and that is looked at before memory is taken for its pixels. A photograph is decoded at the
/// size that it is kept in, or twice that. What comes out holds pixels in sRGB and nothing of what the file said beside them.
/// </remarks>
public sealed class SkiaPictureEditor : IPictureEditor
{
    private const int JpegQuality = 86;
    private const int WebpQuality = 82;

    /// <summary>Part of the pixels that one picture may have which the frames of an animation have together, as they are kept.</summary>
    private const int AnimationShare = 4;

    /// <summary>Pixels that are decoded for an animation, in pictures of the largest size; of one that takes more the first frame is kept.</summary>
    private const int AnimationEffort = 8;

    private static readonly SKSamplingOptions Smooth = new(SKFilterMode.Linear, SKMipmapMode.Linear);

    /// <inheritdoc/>
    public DrawnPicture Redraw(Stream source, PictureLimits limits)
    {
        // The library reads ahead and back: it is given the whole.
        using var data = SKData.Create(source);
        using var codec = (data is null ? null : SKCodec.Create(data)) ?? throw Unreadable();
        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if ((long)width * height > limits.MaxPixels)
        {
            throw new PictureException(
                $"The picture has {width} x {height} pixels, and at most {limits.MaxPixels / 1_000_000} megapixels are taken: make it smaller", isTooLarge: true);
        }

        var effort = codec.FrameCount > 1 ? (double)width * height * DecodesOf(codec.FrameInfo) : double.MaxValue;
        return effort <= (double)limits.MaxPixels * AnimationEffort ? Animation(codec, limits) : Still(codec, limits);
    }

    private static DrawnPicture Still(SKCodec codec, PictureLimits limits)
    {
        using var decoded = Decode(codec, limits.MaxSide);
        using var picture = Fit(decoded, codec.EncodedOrigin, limits.MaxSide);
        var (type, content) = codec.EncodedFormat == SKEncodedImageFormat.Jpeg
            ? ("image/jpeg", Encode(picture, SKEncodedImageFormat.Jpeg, JpegQuality))
            : codec.EncodedFormat == SKEncodedImageFormat.Webp
                ? ("image/webp", Encode(picture, SKEncodedImageFormat.Webp, WebpQuality))
                : ("image/png", Encode(picture, SKEncodedImageFormat.Png, 100));
        return new DrawnPicture(type, content, PreviewOf(picture, limits.PreviewSide), picture.Width, picture.Height);
    }

    private static ReadOnlyMemory<byte> PreviewOf(SKBitmap picture, int side)
    {
        if (Math.Max(picture.Width, picture.Height) <= side)
        {
            return default;
        }

        using var small = Fit(picture, SKEncodedOrigin.TopLeft, side);
        return Encode(small, SKEncodedImageFormat.Webp, WebpQuality);
    }

    /// <summary>Decodes a still picture, in a size that is not much above what is kept where its format can do that.</summary>
    private static SKBitmap Decode(SKCodec codec, int side)
    {
        var scale = Math.Min(1f, 2f * side / Math.Max(codec.Info.Width, codec.Info.Height));
        var size = codec.GetScaledDimensions(scale);
        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, AlphaOf(codec), SKColorSpace.CreateSrgb());
        var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(info) || codec.GetPixels(info, bitmap.GetPixels()) != SKCodecResult.Success)
        {
            bitmap.Dispose();
            throw Unreadable();
        }

        return bitmap;
    }

    /// <summary>A copy that stands upright and has no side longer than that.</summary>
    private static SKBitmap Fit(SKBitmap source, SKEncodedOrigin origin, int side)
    {
        var scale = Math.Min(1f, (float)side / Math.Max(source.Width, source.Height));
        var (width, height) = (Math.Max(1, (int)MathF.Round(source.Width * scale)), Math.Max(1, (int)MathF.Round(source.Height * scale)));
        var isTurned = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var fitted = new SKBitmap(new SKImageInfo(isTurned ? height : width, isTurned ? width : height, SKColorType.Rgba8888, source.AlphaType, source.ColorSpace));
        using var canvas = new SKCanvas(fitted);
        canvas.Clear(SKColors.Transparent);
        canvas.Concat(Upright(origin, width, height));
        using var image = SKImage.FromBitmap(source);
        canvas.DrawImage(image, new SKRect(0, 0, width, height), Smooth);
        canvas.Flush();
        return fitted;
    }

    // https://www.media.mit.edu/pia/Research/deepview/exif.html: where the first row and column of a photograph are to be seen.
    private static SKMatrix Upright(SKEncodedOrigin origin, float width, float height) => origin switch
    {
        SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new SKMatrix(0, -1, height, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, height, -1, 0, width, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, width, 0, 0, 1),
        _ => SKMatrix.Identity,
    };

    /// <summary>All frames of an animation, so small that together they take no more memory than is meant for them.</summary>
    private static DrawnPicture Animation(SKCodec codec, PictureLimits limits)
    {
        var frames = codec.FrameInfo;
        var pixels = (double)codec.Info.Width * codec.Info.Height * frames.Length;
        var side = (int)(Math.Max(codec.Info.Width, codec.Info.Height) * Math.Sqrt(Math.Min(1, limits.MaxPixels / AnimationShare / pixels)));
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Premul, SKColorSpace.CreateSrgb());
        var drawn = new List<SKBitmap>(frames.Length);
        try
        {
            using var canvas = new SKBitmap(info);
            for (var index = 0; index < frames.Length; index++)
            {
                var options = BuildsOnLast(frames, index) ? new SKCodecOptions(index, index - 1) : new SKCodecOptions(index);
                if (codec.GetPixels(info, canvas.GetPixels(), options) != SKCodecResult.Success)
                {
                    throw Unreadable();
                }

                drawn.Add(Fit(canvas, codec.EncodedOrigin, Math.Min(side, limits.MaxSide)));
            }

            var encoded = drawn.Select((bitmap, index) => new SKWebpEncoderFrame(bitmap, TimeSpan.FromMilliseconds(Math.Max(20, frames[index].Duration)))).ToArray();
            using var content = SKWebpEncoder.EncodeAnimated(encoded, new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, WebpQuality)) ?? throw Unreadable();
            return new DrawnPicture("image/webp", content.ToArray(), default, drawn[0].Width, drawn[0].Height);
        }
        finally
        {
            drawn.ForEach(bitmap => bitmap.Dispose());
        }
    }

    /// <summary>Number of frames that are decoded to draw each: one that does not build on the frame before it takes all that it does build on again.</summary>
    private static long DecodesOf(SKCodecFrameInfo[] frames)
    {
        var depth = new int[frames.Length];
        var decodes = 0L;
        for (var index = 0; index < frames.Length; index++)
        {
            var required = frames[index].RequiredFrame;
            depth[index] = required >= 0 && required < index ? depth[required] + 1 : 1;
            decodes += BuildsOnLast(frames, index) ? 1 : depth[index];
        }

        return decodes;
    }

    private static bool BuildsOnLast(SKCodecFrameInfo[] frames, int index)
        => index > 0 && frames[index].RequiredFrame == index - 1 && frames[index - 1].DisposalMethod != SKCodecAnimationDisposalMethod.RestorePrevious;

    private static byte[] Encode(SKBitmap picture, SKEncodedImageFormat format, int quality)
    {
        using var data = picture.Encode(format, quality) ?? throw Unreadable();
        return data.ToArray();
    }

    private static SKAlphaType AlphaOf(SKCodec codec) => codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Premul;

    private static PictureException Unreadable() => new("The picture is damaged, or of a kind that cannot be read: send a PNG, JPEG, GIF or WebP");
}
