using System.Buffers.Binary;
using System.Text;
using Parley.Core.Files;
using SkiaSharp;

namespace Parley.Storage.Files.Tests;

public sealed class SkiaPictureEditorTests
{
    private static readonly PictureLimits Limits = new(MaxPixels: 2_000_000, MaxSide: 640, PreviewSide: 200);

    [Theory]
    [InlineData(SKEncodedImageFormat.Png, "image/png")]
    [InlineData(SKEncodedImageFormat.Jpeg, "image/jpeg")]
    [InlineData(SKEncodedImageFormat.Webp, "image/webp")]
    public void A_picture_is_made_as_large_as_is_useful_with_a_smaller_copy(SKEncodedImageFormat format, string type)
    {
        var drawn = Redraw(Encode(Halves(1280, 800), format));

        Assert.Equal((type, 640, 400), (drawn.MediaType, drawn.Width, drawn.Height));
        using var content = Decode(drawn.Content);
        Assert.Equal((640, 400), (content.Width, content.Height));
        AssertNear(SKColors.Red, content.GetPixel(100, 200));
        AssertNear(SKColors.Blue, content.GetPixel(540, 200));
        using var preview = Decode(drawn.Preview);
        Assert.Equal((200, 125), (preview.Width, preview.Height));
    }

    [Fact]
    public void A_small_picture_stays_as_it_is_and_needs_no_smaller_copy()
    {
        using var picture = Halves(20, 10);
        picture.SetPixel(3, 3, SKColors.Transparent);

        var drawn = Redraw(Encode(picture, SKEncodedImageFormat.Png));

        Assert.True(drawn.Preview.IsEmpty);
        using var content = Decode(drawn.Content);
        Assert.Equal((20, 10, 0), (content.Width, content.Height, content.GetPixel(3, 3).Alpha));
    }

    /// <summary>All eight ways to hold a camera: https://www.cipa.jp/std/documents/e/DC-008-2012_E.pdf, "Orientation".</summary>
    [Theory]
    [InlineData(1, 40, 20, "RG/BY")]
    [InlineData(2, 40, 20, "GR/YB")]
    [InlineData(3, 40, 20, "YB/GR")]
    [InlineData(4, 40, 20, "BY/RG")]
    [InlineData(5, 20, 40, "RB/GY")]
    [InlineData(6, 20, 40, "BR/YG")]
    [InlineData(7, 20, 40, "YG/BR")]
    [InlineData(8, 20, 40, "GY/RB")]
    public void A_photograph_stands_upright_and_says_nothing_of_where_it_was_taken(int orientation, int width, int height, string corners)
    {
        var drawn = Redraw(WithExif(Encode(Quarters(40, 20), SKEncodedImageFormat.Jpeg), orientation, "51.5 N 0.1 W"));

        using var content = Decode(drawn.Content);
        var (right, bottom) = (content.Width - 3, content.Height - 3);
        Assert.Equal((width, height), (content.Width, content.Height));
        Assert.Equal(corners, $"{Name(content.GetPixel(2, 2))}{Name(content.GetPixel(right, 2))}/{Name(content.GetPixel(2, bottom))}{Name(content.GetPixel(right, bottom))}");
        Assert.DoesNotContain("51.5 N", Encoding.Latin1.GetString(drawn.Content.Span), StringComparison.Ordinal);
        Assert.DoesNotContain("Exif", Encoding.Latin1.GetString(drawn.Content.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void A_picture_of_too_many_pixels_is_refused_by_what_its_header_says()
    {
        // Two kilobytes that claim to be ten thousand megapixels.
        var bomb = Encode(Halves(16, 16), SKEncodedImageFormat.Png);
        BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(16), 100_000);
        BinaryPrimitives.WriteInt32BigEndian(bomb.AsSpan(20), 100_000);
        BinaryPrimitives.WriteUInt32BigEndian(bomb.AsSpan(29), Crc32(bomb.AsSpan(12, 17)));

        var error = Assert.Throws<PictureException>(() => Redraw(bomb));

        Assert.True(error.IsTooLarge, error.Message);
        Assert.Contains("100000 x 100000", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(40)]
    [InlineData(60)]
    public void What_is_no_picture_or_only_the_beginning_of_one_is_refused(int bytes)
    {
        var picture = Encode(Halves(400, 400), SKEncodedImageFormat.Png);

        var error = Assert.Throws<PictureException>(() => Redraw(picture[..bytes]));

        Assert.Contains("damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_animation_stays_one()
    {
        var drawn = Redraw(Animation(frames: 5, width: 300, height: 100));

        Assert.Equal("image/webp", drawn.MediaType);
        using var codec = SKCodec.Create(SKData.CreateCopy(drawn.Content.Span));
        Assert.Equal((5, 80), (codec.FrameCount, codec.FrameInfo[1].Duration));
        Assert.Equal((300, 100), (codec.Info.Width, codec.Info.Height));
    }

    [Fact]
    public void A_long_animation_is_made_smaller_so_that_its_frames_take_no_more_than_their_share()
    {
        var drawn = Redraw(Animation(frames: 40, width: 300, height: 200));

        using var codec = SKCodec.Create(SKData.CreateCopy(drawn.Content.Span));
        Assert.Equal(40, codec.FrameCount);
        Assert.InRange((long)codec.Info.Width * codec.Info.Height * 40, 300_000, Limits.MaxPixels / 4);
    }

    [Fact]
    public void Of_an_animation_that_would_take_too_long_the_first_frame_is_kept()
    {
        var drawn = Redraw(Animation(frames: 60, width: 600, height: 500));

        using var codec = SKCodec.Create(SKData.CreateCopy(drawn.Content.Span));
        Assert.InRange(codec.FrameCount, 0, 1);
    }

    private static DrawnPicture Redraw(byte[] picture) => new SkiaPictureEditor().Redraw(new MemoryStream(picture), Limits);

    private static SKBitmap Halves(int width, int height) => Paint(width, height, (SKColors.Red, 0, 0), (SKColors.Blue, 1, 0), (SKColors.Red, 0, 1), (SKColors.Blue, 1, 1));

    private static SKBitmap Quarters(int width, int height) => Paint(width, height, (SKColors.Red, 0, 0), (SKColors.Lime, 1, 0), (SKColors.Blue, 0, 1), (SKColors.Yellow, 1, 1));

    private static SKBitmap Paint(int width, int height, params (SKColor Colour, int Column, int Row)[] parts)
    {
        var bitmap = new SKBitmap(width, height);
        using var canvas = new SKCanvas(bitmap);
        foreach (var (colour, column, row) in parts)
        {
            using var paint = new SKPaint { Color = colour };
            canvas.DrawRect(column * width / 2f, row * height / 2f, width / 2f, height / 2f, paint);
        }

        return bitmap;
    }

    private static byte[] Animation(int frames, int width, int height)
    {
        var bitmaps = Enumerable.Range(0, frames).Select(frame =>
        {
            var bitmap = Halves(width, height);
            bitmap.Erase(new SKColor((byte)(frame * 101), (byte)(frame * 67), 100), new SKRectI(0, 0, width / 3, height / 3));
            return new SKWebpEncoderFrame(bitmap, TimeSpan.FromMilliseconds(80));
        }).ToArray();
        using var data = SKWebpEncoder.EncodeAnimated(bitmaps, new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossy, 60));
        return data!.ToArray();
    }

    private static byte[] Encode(SKBitmap bitmap, SKEncodedImageFormat format)
    {
        using var data = bitmap.Encode(format, 95);
        return data.ToArray();
    }

    private static SKBitmap Decode(ReadOnlyMemory<byte> picture) => SKBitmap.Decode(picture.Span.ToArray());

    /// <summary>Puts an APP1 segment with an orientation, and a comment, behind the first two bytes of a JPEG.</summary>
    private static byte[] WithExif(byte[] jpeg, int orientation, string comment)
    {
        byte[] tiff =
        [
            .. "MM\0*\0\0\0\u0008"u8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, .. Encoding.ASCII.GetBytes(comment),
        ];
        byte[] body = [.. "Exif\0\0"u8, .. tiff];
        return [.. jpeg.AsSpan(0, 2), 0xFF, 0xE1, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body, .. jpeg.AsSpan(2)];
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }

    private static string Name(SKColor colour) => (colour.Red > 128, colour.Green > 128, colour.Blue > 128) switch
    {
        (true, false, false) => "R",
        (false, true, false) => "G",
        (false, false, true) => "B",
        (true, true, false) => "Y",
        _ => $"({colour})",
    };

    private static void AssertNear(SKColor expected, SKColor actual)
        => Assert.True(Math.Abs(expected.Red - actual.Red) + Math.Abs(expected.Green - actual.Green) + Math.Abs(expected.Blue - actual.Blue) < 40, $"{actual}");
}
