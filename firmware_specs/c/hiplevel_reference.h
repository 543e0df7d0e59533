/*
 * The hiplevel reference profile, version 1: packets and commands of a sensor, in portable C99.
 *
 * No allocation, no libraries beyond the compiler's own headers, no assumption about byte order or alignment. One
 * hl_sensor is all the state there is; give it samples as they come from the sensor chip, and hand what it gives back
 * to your Bluetooth stack. Nothing here is safe to call from two threads or interrupts at once: call it from one.
 *
 * The profile itself is described in hiplevel-reference.md.
 *
 *     static hl_sensor sensor;
 *     hl_init(&sensor);                                        once, at power-on
 *     n = hl_command(&sensor, bytes, length, answer);          when the control characteristic is written: indicate answer
 *     n = hl_add(&sensor, time_us, acc, gyr);                  for every sample; n > 0: notify sensor.packet, n bytes
 *     hl_lost(&sensor);                                        samples were dropped before the next one
 *     hl_disconnected(&sensor);                                when the link is gone
 *     n = hl_configuration(&sensor, bytes);                    when the configuration characteristic is read
 */
#ifndef HIPLEVEL_REFERENCE_H
#define HIPLEVEL_REFERENCE_H

#include <stddef.h>
#include <stdint.h>

#define HL_PROFILE 1u
#define HL_HEADER_BYTES 8u
#define HL_SAMPLE_BYTES 12u
#define HL_MAX_PER_PACKET 10u
#define HL_PACKET_BYTES (HL_HEADER_BYTES + HL_MAX_PER_PACKET * HL_SAMPLE_BYTES)
#define HL_ANSWER_BYTES 2u
#define HL_CONFIGURATION_BYTES 7u

enum hl_answer { HL_DONE = 0, HL_UNKNOWN = 1, HL_NOT_SUPPORTED = 2 };

enum hl_status { HL_ACC_CUT = 1u, HL_GYR_CUT = 2u, HL_DROPPED = 4u };

typedef struct {
    uint16_t rate_hz;
    uint8_t acc_range_g;     /* a count is acc_range_g / 32768 */
    uint16_t gyr_range_dps;  /* a count is gyr_range_dps / 32768 */
    uint8_t per_packet;
} hl_settings;

typedef struct {
    hl_settings settings;
    uint8_t streaming;               /* 1 while the sensor chip should run */
    uint8_t status;                  /* of the packet being filled */
    uint8_t count;                   /* samples in it */
    uint16_t sequence;               /* of the packet being filled */
    uint8_t packet[HL_PACKET_BYTES]; /* what to notify when hl_add says so */
} hl_sensor;

/* Whether the sensor chip can do it. Change it to what yours can do; the values here are those the profile allows. */
#ifndef HL_SUPPORTED
#define HL_SUPPORTED(s) \
    (((s)->rate_hz == 50u || (s)->rate_hz == 52u || (s)->rate_hz == 100u || (s)->rate_hz == 104u || \
      (s)->rate_hz == 200u || (s)->rate_hz == 208u) && \
     ((s)->acc_range_g == 4u || (s)->acc_range_g == 8u || (s)->acc_range_g == 16u) && \
     ((s)->gyr_range_dps == 500u || (s)->gyr_range_dps == 1000u || (s)->gyr_range_dps == 2000u))
#endif

/* What the sensor chip really does when it is asked for rate_hz: 104 for 100 on an LSM6DS3TR-C, for instance. It must be
 * one of the profile's rates and within 5 % of the one asked for; the host reads it from the configuration. */
#ifndef HL_TRUE_RATE
#define HL_TRUE_RATE(rate_hz) (rate_hz)
#endif

static inline void hl_put16(uint8_t *at, uint16_t value)
{
    at[0] = (uint8_t)(value & 0xFFu);
    at[1] = (uint8_t)(value >> 8);
}

static inline uint16_t hl_get16(const uint8_t *at)
{
    return (uint16_t)(at[0] | ((uint16_t)at[1] << 8));
}

static inline void hl_init(hl_sensor *sensor)
{
    static const hl_settings defaults = {100u, 16u, 2000u, 5u};
    size_t i;

    sensor->settings = defaults;
    sensor->settings.rate_hz = (uint16_t)HL_TRUE_RATE(defaults.rate_hz);
    sensor->streaming = sensor->status = sensor->count = 0u;
    sensor->sequence = 0u;
    for (i = 0; i < sizeof sensor->packet; i++) {
        sensor->packet[i] = 0u;
    }
}

/* What a number of counts at the chip's own scale is at the profile's: factor_q16 = 65536 * chip scale / profile scale.
 * An LSM6DS3TR-C at 2000 deg/s counts 0.070 deg/s: 65536 * 0.070 / (2000 / 32768) = 75162. Saturates. */
static inline int16_t hl_rescaled(int16_t raw, uint32_t factor_q16)
{
    const int64_t wide = (int64_t)raw * (int64_t)factor_q16;
    const int64_t rounded = (wide + (wide < 0 ? -32768 : 32768)) / 65536;

    return (int16_t)(rounded > 32767 ? 32767 : rounded < -32768 ? -32768 : rounded);
}

static inline uint8_t hl_cut(const int16_t xyz[3])
{
    int i, cut = 0;

    for (i = 0; i < 3; i++) {
        cut |= xyz[i] >= INT16_MAX || xyz[i] <= -INT16_MAX;
    }
    return (uint8_t)cut;
}

/* Add a sample. time_us: the free-running microsecond counter when it was taken, which must never be set back.
 * Returns the bytes of a finished packet in sensor->packet, to be notified before the next call, or 0. */
static inline size_t hl_add(hl_sensor *sensor, uint32_t time_us, const int16_t acc[3], const int16_t gyr[3])
{
    uint8_t *at;
    int i;

    if (!sensor->streaming) {
        return 0u;
    }
    if (sensor->count == 0u) {
        sensor->packet[4] = (uint8_t)(time_us & 0xFFu);
        sensor->packet[5] = (uint8_t)((time_us >> 8) & 0xFFu);
        sensor->packet[6] = (uint8_t)((time_us >> 16) & 0xFFu);
        sensor->packet[7] = (uint8_t)((time_us >> 24) & 0xFFu);
    }
    at = sensor->packet + HL_HEADER_BYTES + sensor->count * HL_SAMPLE_BYTES;
    for (i = 0; i < 3; i++) {
        hl_put16(at + 2 * i, (uint16_t)acc[i]);
        hl_put16(at + 6 + 2 * i, (uint16_t)gyr[i]);
    }
    sensor->status |= (uint8_t)((hl_cut(acc) ? HL_ACC_CUT : 0u) | (hl_cut(gyr) ? HL_GYR_CUT : 0u));
    sensor->count++;
    if (sensor->count < sensor->settings.per_packet) {
        return 0u;
    }
    sensor->packet[0] = 1u;
    sensor->packet[1] = sensor->status;
    hl_put16(sensor->packet + 2, sensor->sequence);
    sensor->sequence++;
    sensor->status = sensor->count = 0u;
    return HL_HEADER_BYTES + sensor->settings.per_packet * HL_SAMPLE_BYTES;
}

/* Samples before the next one never reached hl_add: a full queue, an overrun of the chip's buffer. What was collected
 * of the packet is dropped with them, for the samples of a packet must follow each other without a hole. */
static inline void hl_lost(hl_sensor *sensor)
{
    sensor->status = HL_DROPPED;
    sensor->count = 0u;
}

/* The link is gone: nobody listens, so nothing is measured until the next start. Sequence and clock are kept. */
static inline void hl_disconnected(hl_sensor *sensor)
{
    sensor->streaming = sensor->status = sensor->count = 0u;
}

/* Obey what was written to the control characteristic; returns the bytes of the answer, to be indicated. Look at
 * sensor->streaming and sensor->settings afterwards to run the chip accordingly. */
static inline size_t hl_command(hl_sensor *sensor, const uint8_t *bytes, size_t length, uint8_t answer[HL_ANSWER_BYTES])
{
    hl_settings wanted;

    answer[0] = (uint8_t)((length > 0u ? bytes[0] : 0u) | 0x80u);
    answer[1] = HL_UNKNOWN;
    if (length == 7u && bytes[0] == 1u) {
        wanted.rate_hz = hl_get16(bytes + 1);
        wanted.acc_range_g = bytes[3];
        wanted.gyr_range_dps = hl_get16(bytes + 4);
        wanted.per_packet = bytes[6];
        answer[1] = HL_NOT_SUPPORTED;
        if (!sensor->streaming && HL_SUPPORTED(&wanted) && wanted.per_packet > 0u &&
            wanted.per_packet <= HL_MAX_PER_PACKET) {
            wanted.rate_hz = (uint16_t)HL_TRUE_RATE(wanted.rate_hz);
            sensor->settings = wanted;
            answer[1] = HL_DONE;
        }
    } else if (length == 1u && bytes[0] == 2u) {
        if (!sensor->streaming) {
            sensor->status = sensor->count = 0u;
        }
        sensor->streaming = 1u;
        answer[1] = HL_DONE;
    } else if (length == 1u && bytes[0] == 3u) {
        hl_disconnected(sensor);
        answer[1] = HL_DONE;
    }
    return HL_ANSWER_BYTES;
}

/* What a read of the configuration characteristic gives; returns its length. */
static inline size_t hl_configuration(const hl_sensor *sensor, uint8_t bytes[HL_CONFIGURATION_BYTES])
{
    bytes[0] = HL_PROFILE;
    hl_put16(bytes + 1, sensor->settings.rate_hz);
    bytes[3] = sensor->settings.acc_range_g;
    hl_put16(bytes + 4, sensor->settings.gyr_range_dps);
    bytes[6] = sensor->settings.per_packet;
    return HL_CONFIGURATION_BYTES;
}

#endif
