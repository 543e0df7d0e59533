/* Speaks for hiplevel_reference.h to the tests: one request a line on stdin, its answer on stdout. */
#include <stdio.h>
#include <string.h>

#include "hiplevel_reference.h"

static void print(char kind, const uint8_t *bytes, size_t length)
{
    size_t i;

    printf("%c ", kind);
    for (i = 0; i < length; i++) {
        printf("%02x", bytes[i]);
    }
    printf("\n");
}

static size_t parse(const char *text, uint8_t *bytes, size_t room)
{
    size_t n = 0;
    unsigned value;

    while (n < room && sscanf(text + 2 * n, "%2x", &value) == 1) {
        bytes[n++] = (uint8_t)value;
    }
    return n;
}

int main(void)
{
    static hl_sensor sensor;
    static char line[512];
    uint8_t bytes[64], answer[HL_CONFIGURATION_BYTES];
    unsigned long time_us;
    int v[6], raw;
    int16_t acc[3], gyr[3];
    size_t n;

    hl_init(&sensor);
    while (fgets(line, sizeof line, stdin) != NULL) {
        switch (line[0]) {
        case 'c': /* a command */
            n = parse(line + 2, bytes, sizeof bytes);
            n = hl_command(&sensor, bytes, n, answer);
            print('a', answer, n);
            break;
        case 'r': /* read the configuration */
            print('r', answer, hl_configuration(&sensor, answer));
            break;
        case 's': /* a sample */
            if (sscanf(line + 2, "%lu %d %d %d %d %d %d", &time_us, v, v + 1, v + 2, v + 3, v + 4, v + 5) != 7) {
                return 1;
            }
            for (n = 0; n < 3; n++) {
                acc[n] = (int16_t)v[n];
                gyr[n] = (int16_t)v[3 + n];
            }
            n = hl_add(&sensor, (uint32_t)time_us, acc, gyr);
            if (n > 0) {
                print('p', sensor.packet, n);
            }
            break;
        case 'q': /* set the sequence number */
            if (sscanf(line + 2, "%d", &raw) != 1) {
                return 1;
            }
            sensor.sequence = (uint16_t)raw;
            break;
        case 'x': /* rescale */
            if (sscanf(line + 2, "%d %lu", &raw, &time_us) != 2) {
                return 1;
            }
            printf("x %d\n", hl_rescaled((int16_t)raw, (uint32_t)time_us));
            break;
        case 'l':
            hl_lost(&sensor);
            break;
        case 'd':
            hl_disconnected(&sensor);
            break;
        default:
            return 1;
        }
    }
    return 0;
}
